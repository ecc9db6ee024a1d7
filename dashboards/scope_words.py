"""What the switch of scope says."""

SCOPE_ZH: dict[str, str] = {
    "scope_switch": "查看范围",
    "scope_now": "当前按“{place}”的查看范围显示{names}。在页脚“查看范围”里切换。",
    "scope_no_names": "，人名已隐去",
    "scope_note": (
        "登录建成之前，供在本机试看某个单位、县区或网格会看到什么；别人能访问的服务器上没有这一项，网址里写了也不算数。"
    ),
    "pick_view": "按谁的范围看（可输入名称查找）",
    "pick_names": "看得到人名",
    "unknown_view": "网址中的查看范围“{value}”不存在，已改为{used}。",
    "unknown_names": "网址中的人名选择“{value}”无法识别，已隐去人名。",
}
