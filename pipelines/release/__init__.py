"""Months that stay fixed: when, what is kept of them, that it is still whole, and what later files would change.

`stages` says when a month is fixed, `contents` what is kept, `manifest` and `folder` how it lies on the disk, `shelf`
reads all releases and tells damage, `seeding` brings them into the warehouse; `fixing` and `restating` make them, by
`compare` and `cause`, in a `scratch` database.
"""
