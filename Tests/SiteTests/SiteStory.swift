import AlmanacCore
import BuildEngine

/// A small report in memory that is built, edited and built again.
struct SiteStory {
  let files: MemoryFileSystem

  /// - Parameter changes: files over those of ``smallReport``; an empty text takes a file away.
  init(_ changes: [String: String] = [:]) {
    var report = smallReport
    for (path, text) in changes { report[path] = text.isEmpty ? nil : text }
    files = MemoryFileSystem(report)
  }

  func build(strict: Bool = false, output: String? = nil) async -> BuildOutcome {
    var options = BuildOptions()
    options.strict = strict
    options.output = output
    return await buildReport(BuildEnvironment(files: files, root: "", jobs: 2), options)
  }

  func write(_ path: String, _ text: String) { files.set(path, .file(Array(text.utf8))) }

  /// Everything in an output folder but what is Almanac's own.
  func pages(in folder: String = "Output") -> [String: String] {
    var pages: [String: String] = [:]
    for (path, text) in files.texts(under: folder) where !path.hasPrefix("\(folder)/.almanac/") {
      pages[String(path.dropFirst(folder.count + 1))] = text
    }
    return pages
  }
}

/// Two editions, two chapters, one of everything that pages resolve.
let smallReport = [
  "Content/report.yaml": """
  title: {en: Small report, zh-Hans: 小报告}
  editions: [en, zh-Hans]
  chapters: [users, money]
  keyFigures: [{value: users.cn.2025, label: {en: people, zh-Hans: 人}, chapter: users}]
  """,
  "Content/references.yaml": """
  - {id: census-2025, title: {en: Census, zh-Hans: 普查}, issued: 2025-10, language: zh-CN}
  """,
  "Content/glossary.yaml": """
  model: {en: {term: model, text: A trained program.}, zh-Hans: {term: 模型, text: 训练所得的程序。}}
  Elo: {en: {term: Elo, short: A rating., text: From duels.}, zh-Hans: {term: 评分, short: 分数, text: 由对战推算。}}
  """,
  "Content/data/names.yaml": """
  entities: {cn: {en: China, zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}}
  metrics: {users: {en: Users, zh-Hans: 用户}}
  """,
  "Content/data/facts.csv": """
  id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
  users.cn.2025,users,cn,cn,2025,515000000,persons,observed,census-2025,L1,5.15亿,
  users.us.2025,users,us,us,2025,120000000,persons,forecast,census-2025,L2,1.2亿,
  users.us.survey.2025,users,us,us,2025,130000000,persons,forecast,census-2025,L3,1.3亿,
  """,
  "Content/data/conflicts.yaml": """
  - id: users-us
    kind: hard
    rows: [users.us.2025, users.us.survey.2025]
    prefer: users.us.survey.2025
    reason: {en: It is the later one., zh-Hans: 采用较晚者。}
  - id: two-countries
    kind: scope
    rows: [users.cn.2025, users.us.2025]
    reason: {en: Not the same people., zh-Hans: 人群不同。}
  """,
  "Content/data/datapackage.yaml": """
  name: small
  resources:
    - name: prices
      path: prices.csv
      source: census-2025
      schema:
        fields: [{name: model, type: string}, {name: price, type: number, unit: USD}]
        primaryKey: model
  """,
  "Content/data/prices.csv": "model,price\nalpha,2.5\nbeta,5\n",
  "Content/en/users.md": """
  ---
  title: Users
  ---

  China has `{v} users.cn.2025` users [@census-2025, L1]; see @fig-users, [](#sec-more) and @tbl-prices.

  ## More {#sec-more}

  A [model]{.term} costs `{v} prices[alpha].price`.

  ```vega-lite #fig-users
  caption: Users by country
  alt: Two bars.
  query: SELECT name(entity) AS country, value, id AS fact FROM facts
  mark: bar
  encoding: {x: {field: country, type: nominal}, y: {field: value, type: quantitative}}
  ```
  """,
  "Content/en/money.md": """
  ---
  title: Money
  ---

  ```table #tbl-prices
  caption: Prices
  dataset: prices
  source: "[@census-2025]"
  ```
  """,
  "Content/zh-Hans/users.md": """
  ---
  title: 用户
  ---

  中国有`{v} users.cn.2025`用户 [@census-2025, L1]，见@fig-users、[](#sec-more)与@tbl-prices。

  ## 更多 {#sec-more}

  [模型]{.term}价格为`{v} prices[alpha].price`。

  ```vega-lite #fig-users
  caption: 各国用户
  alt: 两根柱子。
  query: SELECT name(entity) AS country, value, id AS fact FROM facts
  mark: bar
  encoding: {x: {field: country, type: nominal}, y: {field: value, type: quantitative}}
  ```
  """,
  "Content/zh-Hans/money.md": """
  ---
  title: 资金
  ---

  ```table #tbl-prices
  caption: 价格
  dataset: prices
  source: "[@census-2025]"
  ```
  """,
]
