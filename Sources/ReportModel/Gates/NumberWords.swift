/// The words by which quantities are told from what only looks like a number.
enum NumberWords {
  // MARK: English

  static let magnitudes: Set<String> = [
    "hundred", "thousand", "million", "millions", "billion", "billions", "trillion", "trillions", "bn", "mn", "tn",
    "percent", "percentage", "pp", "bps",
  ]
  static let numerals: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "zero",
  ]
  /// Letters right behind digits that are a unit; all others make a name: `4o`, `5G`, `3D`, `1080p`.
  static let unitSuffixes: Set<String> = [
    "k", "K", "M", "m", "B", "T", "bn", "mn", "tn", "x", "X", "pp", "ppt", "pct", "bps", "nm", "mm", "cm", "km", "kg",
    "MB", "GB", "TB", "PB", "EB", "ZB", "Hz", "MHz", "GHz", "W", "kW", "MW", "GW", "TW", "Wh", "kWh", "MWh", "GWh",
    "TWh", "FLOPS", "TFLOPS", "PFLOPS", "EFLOPS", "ZFLOPS", "EFlops", "PFlops", "ms", "min", "h", "USD", "CNY", "RMB",
    "EUR",
  ]
  static let currencies: Set<String> = [
    "USD", "US", "CNY", "RMB", "EUR", "GBP", "JPY", "KRW", "INR", "HKD", "CHF", "AUD", "CAD", "SGD", "Rs", "yuan",
  ]
  static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jan.", "feb.",
    "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.",
  ]
  /// Words before a number that say where something is, or which one.
  static let references: Set<String> = [
    "figure", "figures", "fig.", "figs.", "table", "tables", "section", "sections", "chapter", "chapters", "part",
    "parts", "page", "pages", "p.", "pp.", "line", "lines", "note", "notes", "footnote", "level", "step", "steps",
    "phase", "stage", "version", "versions", "v.", "article", "articles", "appendix", "annex", "equation", "eq.",
    "volume", "vol.", "issue", "box", "exhibit", "paragraph", "clause", "rule", "item", "question", "day", "week",
    "round", "series", "tier", "grade", "class", "type", "scenario", "option", "panel", "column", "row", "slide",
    "lecture", "lesson", "scope", "quarter", "half", "year", "§", "§§", "tranche", "group", "generation", "gen",
    "layer", "category", "priority", "pillar", "principle", "goal", "sdg", "room", "building", "platform", "gate",
    "episode", "season", "ch.", "sec.", "art.", "ver.",
  ]
  static let ordinalWords: Set<String> = [
    "top", "no.", "no", "nr", "nr.", "nos.", "number", "rank", "ranked", "ranks", "ranking", "#", "№", "place",
    "position",
  ]
  /// Nouns that make a quantity of a number that looks like a year.
  static let countedNouns: Set<String> = [
    "people", "persons", "users", "customers", "subscribers", "firms", "companies", "enterprises", "startups", "models",
    "patents", "papers", "articles", "students", "pupils", "teachers", "schools", "workers", "employees", "engineers",
    "researchers", "scientists", "developers", "jobs", "cities", "countries", "apps", "applications", "services",
    "products", "projects", "cases", "deals", "rounds", "events", "dollars", "yuan", "euros", "tokens", "parameters",
    "hours", "days", "minutes", "miles", "kilometres", "kilometers", "chips", "gpus", "cards", "servers", "racks",
    "units", "points", "times", "respondents", "households", "accounts", "downloads", "views", "visits", "queries",
    "megawatts", "gigawatts", "tonnes", "tons", "datasets", "samples", "items", "bids", "orders", "sites",
    "institutions", "universities", "hospitals", "robots", "vehicles", "cars", "images", "videos", "books", "words",
  ]

  // MARK: Chinese

  /// What a number refers to when one of these stands right before it.
  static let hanReferences = [
    "图", "表", "页", "注", "章", "节", "附录", "公式", "式", "附件", "例", "步骤", "阶段", "版本", "方案", "专栏", "款号",
  ]
  /// 前 as the end of a word for a time, not "the first".
  static let wordsOnBefore = [
    "之前", "目前", "以前", "此前", "年前", "日前", "提前", "当前", "眼前", "天前", "月前", "周前", "先前", "前前", "空前", "跟前",
  ]
  static let namesBeforeDigits = ["双", "沪深", "中证", "科创", "上证", "深证", "恒生科技", "工业", "Web", "新基建"]
  /// Words that begin as a magnitude does: "64 百度" is no 6400.
  static let wordsOnMagnitudes = [
    "百度", "百川", "百分", "百科", "百货", "百融", "千问", "千帆", "千寻", "万物", "万科", "万达", "万得", "万兴", "亿欧", "亿航",
  ]
  /// What carries versions such as 2.0.
  static let hanVersioned = ["模型", "平台", "系统", "计划", "战略", "体系", "协议", "引擎", "助手", "框架", "架构", "行动", "智能体"]
  /// Numbers that are names.
  static let namesOfDigits: Set<String> = ["3M", "4K", "8K", "2B", "985", "211", "996", "12306", "12315", "12345"]
  static let namesBehindDigits = [
    "氪", "同城", "工程", "高校", "热线", "大促", "购物节", "晚会", "版", "时代", "智脑", "集团", "公司", "安全", "搜索", "制",
    "世纪", "系列", "Lab",
  ]
  /// Fixed expressions that begin with a numeral and would count as quantities.
  /// By their first character, longest first.
  static let idioms: [Unicode.Scalar: [[Unicode.Scalar]]] = {
    let words = idiomList.split(whereSeparator: \.isWhitespace).map { Array($0.unicodeScalars) }
    return Dictionary(grouping: words) { $0[0] }.mapValues { $0.sorted { $0.count > $1.count } }
  }()
  private static let idiomList = """
    一成不变 一千零一夜 一百年 一百分 一万小时定律 三百六十行 三百六十度 三千世界 三千弱水 五百强 零一万物 十万火急 十万个为什么
    十万八千里 百分之百 二十国集团 二十八宿 三十二位 六十四位
    """
}
