"""The figures once more, the long way: plain loops over the accepted rows, sharing no code with the models.

Written from the definitions, not from the SQL. Where the two differ, one of them misunderstands the law.
"""
