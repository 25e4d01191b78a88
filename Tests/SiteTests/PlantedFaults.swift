import AlmanacCore
import BuildEngine
import Testing

/// One thing wrong with numbers and their sources, planted in a report without a fault.
struct PlantedFault: Sendable, CustomTestStringConvertible {
  var name: String
  var path: String
  var old: String
  /// What stands there instead, with `«»` where the diagnostic must begin.
  var new: String
  /// The one code that is told.
  var code: String
  /// For what differs between editions: words of another file that begin where the second place must be.
  var twin: (path: String, words: String)?
  var testDescription: String { name }

  init(
    _ name: String, _ path: String, _ old: String, _ new: String, _ code: String,
    twin: (path: String, words: String)? = nil
  ) {
    (self.name, self.path, self.old, self.new, self.code, self.twin) = (name, path, old, new, code, twin)
  }
}

/// Gates that refuse, sources with their texts, declared constraints: a build of it says nothing.
let gatedReport: [String: String] = {
  var files = smallReport
  files["Content/report.yaml"] = """
    title: {en: Small report, zh-Hans: 小报告}
    subtitle: {en: All of it, zh-Hans: 全部}
    description: {en: What there is, zh-Hans: 现有一切}
    date: 2025-12-31
    editions: [en, zh-Hans]
    chapters: [users, money]
    keyFigures: [{value: users.cn.2025, label: {en: people, zh-Hans: 人}, chapter: users}]
    sourceAge: {warnAfter: 12, failAfter: 24}
    gates: {unbound: error, parity: error}
    """
  files["Content/references.yaml"] = """
    - {id: census-2025, title: {en: Census, zh-Hans: 普查}, issued: 2025-10, language: zh-CN, text: census.txt, note: {en: A count, zh-Hans: 统计}}
    """
  files["Content/data/names.yaml"] = """
    entities: {cn: {en: China, zh-Hans: 中国}, us: {en: United States, zh-Hans: 美国}, men: {en: Men, zh-Hans: 男}, women: {en: Women, zh-Hans: 女}}
    metrics: {users: {en: Users, zh-Hans: 用户}, share: {en: Share, zh-Hans: 占比}, market: {en: Market, zh-Hans: 市场}, growth: {en: Growth, zh-Hans: 增速}}
    """
  files["Content/data/facts.csv"] = """
    id,metric,entity,region,period,value,unit,kind,source,locator,printed,note
    users.cn.2025,users,cn,cn,2025,515000000,persons,observed,census-2025,L1,5.15亿,
    users.us.2025,users,us,us,2025,120000000,persons,forecast,census-2025,L2,1.2亿,
    users.us.survey.2025,users,us,us,2025,130000000,persons,forecast,census-2025,L3,1.3亿,
    share.men.2025,share,men,cn,2025,47.6,percent,observed,census-2025,L4,47.6%,
    share.women.2025,share,women,cn,2025,52.4,percent,observed,census-2025,L4,52.4%,
    market.cn.2023,market,cn,cn,2023,100000000,CNY,observed,census-2025,L5,1.00亿元,
    market.cn.2024,market,cn,cn,2024,162000000,CNY,observed,census-2025,L5,1.62亿元,
    growth.cn.2024,growth,cn,cn,2024,62,percent,observed,census-2025,L6,62%,
    users.men.2025,users,men,cn,2025,62,persons,observed,census-2025,L6,62,
    """
  files["Content/data/constraints.yaml"] = """
    units: {users: persons, market: [CNY]}
    checks:
      - {id: sexes, check: share.men.2025 + share.women.2025 = 100}
      - {id: growth, check: "growth(market.cn.2023, market.cn.2024) = growth.cn.2024"}
      - {id: fewer, check: users.us.2025 <= users.cn.2025}
      - {id: survey, check: users.us.2025 = users.cn.2025, misfit: Two countries.}
    """
  files["Content/data/datapackage.yaml"] = """
    name: small
    title: {en: Data, zh-Hans: 数据}
    resources:
      - name: prices
        path: prices.csv
        title: {en: Prices, zh-Hans: 价格}
        description: {en: As listed, zh-Hans: 照录}
        source: census-2025
        locator: L7
        schema:
          fields: [{name: model, type: string, title: Model, printed: true}, {name: price, type: number, unit: USD, printed: true, constraints: {minimum: 0}}]
          primaryKey: model
    """
  files["Content/figures/prices.vl.yaml"] = """
    title: {text: {en: Prices differ, zh-Hans: 价格不同}, subtitle: {en: By model, zh-Hans: 按模型}}
    mark: bar
    encoding: {x: {field: model, type: nominal, axis: {title: Model}}, y: {field: price, type: quantitative}}
    usermeta: {almanac: {annotations: [{at: {x: alpha, y: 2}, text: {en: Cheap, zh-Hans: 便宜}}]}}
    """
  files["Content/figures/parts.diagram.yaml"] = """
    kind: layers
    layers: [{label: Chips, text: {en: Below, zh-Hans: 底层}}, {label: Models}]
    """
  files["Content/strings/en.yaml"] = "dataLede: All numbers\n"
  for (language, word) in [("en", "Money"), ("zh-Hans", "资金")] {
    files["Content/\(language)/money.md"] = """
      ---
      title: \(word)
      description: \(word)
      ---

      ## \(word) {#sec-money}

      > [!NOTE]
      > \(word)

      ```vega-lite #fig-prices
      spec: figures/prices.vl.yaml
      dataset: prices
      caption: \(word)
      alt: \(word)
      ```

      ```diagram #fig-parts
      spec: figures/parts.diagram.yaml
      caption: \(word)
      alt: \(word)
      ```

      ```table #tbl-prices
      caption: \(word)
      dataset: prices
      notes: [\(word)]
      source: "[@census-2025]"
      ```

      | \(word) | n |
      | --- | --- |
      | a | b |

      : \(word) {#tbl-typed}
      """
  }
  files["texts/census.txt"] = """
    网民5.15亿
    预测1.2亿
    另有1.3亿
    男女47.6%与52.4%
    规模由1.00亿元增至1.62亿元
    增长62%，另有62人
    每百万词元：alpha 2.5 美元，beta 5 美元
    """
  return files
}()

private let chinese = "Content/zh-Hans/users.md"
private let ledger = "Content/data/facts.csv"
private let prices = "Content/data/prices.csv"
private let package = "Content/data/datapackage.yaml"
private let chart = "Content/figures/prices.vl.yaml"
private let typed = "gate.unbound-number"

let plantedFaults: [PlantedFault] = [
  // Files that cannot be read: one message each, whatever would follow from it.
  .init(
    "in the notation of a chart's file", "Content/figures/prices.vl.yaml", "mark: bar", "mark: [bar", "yaml.syntax"),
  .init(
    "in the notation of a diagram's file", "Content/figures/parts.diagram.yaml", "kind: layers", "kind: [layers",
    "yaml.syntax"),
  .init("a chart's file that is no text", chart, "mark: bar", "mark: \0bar", "file.null-byte"),
  .init("a ledger that is no text", ledger, "515000000", "\0515000000", "file.null-byte"),
  .init("a table of data that is no text", prices, "beta,5", "beta,\0", "file.null-byte"),
  .init("in the notation of conflicts", "Content/data/conflicts.yaml", "kind: ", "kind: [", "yaml.syntax"),
  .init("in the notation of the report's setup", "Content/report.yaml", "gates:", "gates: [", "yaml.syntax"),
  // Figures that are not what the source prints.
  .init(
    "wrong printed figure", ledger, "515000000,persons,observed,census-2025,L1,5.15亿",
    "516000000,persons,observed,census-2025,L1,«»5.16亿", "source.not-printed"),
  .init("wrong value", ledger, "2025,120000000,", "2025,«»121000000,", "ledger.printed-mismatch"),
  .init("value a power of ten off", ledger, "515000000", "«»5150000000", "ledger.printed-mismatch"),
  .init("wrong line", ledger, "L1,5.15亿", "L2,«»5.15亿", "source.not-printed"),
  .init("line behind the end", ledger, "L6,62%", "«»L60,62%", "source.line-missing"),
  .init(
    "figure that the source does not have", ledger, "120000000,persons,forecast,census-2025,L2,1.2亿",
    "110000000,persons,forecast,census-2025,L2,«»1.1亿", "source.not-printed"),
  .init("figure as a part of a longer one", "texts/census.txt", "男女47.6%", "男女147.6%", "source.not-printed"),
  .init("no printed figure", ledger, "L6,62%", "L6,«»", "ledger.missing-printed"),
  .init("no place", ledger, "L6,62%", "«»,62%", "ledger.bad-locator"),
  .init("place that is none", ledger, "L6,62%", "«»page 6,62%", "ledger.bad-locator"),
  .init("printed in words of another sort", ledger, "L6,62%", "L6,«»增长62%", "ledger.bad-printed"),
  .init(
    "text of a source missing", "Content/references.yaml", "id: census-2025,", "id: «»census-2025,", "sources.no-text"),
  .init("cell that the source does not have", prices, "beta,5", "beta,«»6", "source.not-printed"),
  .init("name that the source does not have", prices, "beta,5", "«»gamma,5", "source.not-printed"),
  .init("two cells that changed places", prices, "alpha,2.5\nbeta,5", "alpha,5\nbeta,«»2.5", "source.not-printed"),
  .init("dataset at a line behind the end", package, "locator: L7", "locator: L17", "source.line-missing"),
  .init(
    "dataset of which nothing is printed", package,
    "title: Model, printed: true}, {name: price, type: number, unit: USD, printed: true,",
    "title: Model}, {name: price, type: number, unit: USD,", "source.unproven-dataset"),
  .init(
    "scale that is none", package, "unit: USD, printed: true", "unit: USD, printed: «»wan", "data-package.bad-printed"),
  .init(
    "derived rows that are others", package, "- name: prices",
    "- name: «»prices\n    derived: SELECT 'alpha' AS model, 2.5 AS price",
    "dataset.wrong-rows"),
  // Rows that nobody could understand.
  .init("unknown metric", ledger, "growth.cn.2024,growth,cn", "growth.cn.2024,«»grwth,cn", "ledger.unknown-name"),
  .init("unknown region", ledger, "growth,cn,cn,2024", "growth,cn,«»xx,2024", "ledger.unknown-name"),
  .init("unknown unit", ledger, "62,percent", "62,«»prcent", "ledger.unknown-unit"),
  .init("unknown kind", ledger, "percent,observed,census-2025,L6", "percent,«»seen,census-2025,L6", "ledger.bad-kind"),
  .init("bad period", ledger, "growth,cn,cn,2024", "growth,cn,cn,«»2024-13", "ledger.bad-period"),
  .init("unknown source", ledger, "observed,census-2025,L6", "observed,«»census-2024,L6", "ledger.unknown-source"),
  .init("value that is no number", ledger, "2024,62,percent", "2024,«»many,percent", "ledger.bad-value"),
  .init(
    "two rows with one id", ledger, "users.men.2025,users,men",
    "users.men.2025,users,men,cn,2025,62,persons,observed,census-2025,L6,62,\n«»users.men.2025,users,men",
    "ledger.duplicate-id"),
  // Units.
  .init(
    "unit that the metric does not have", ledger, "2025,62,persons", "2025,62,«»tokens", "constraints.wrong-unit"),
  .init(
    "unit other than printed", ledger, "47.6,percent,observed,census-2025,L4,47.6%",
    "47.6,percent,observed,census-2025,L5,«»1.62亿元", "ledger.bad-printed"),
  .init(
    "two units under one metric", ledger, "62,percent,observed,census-2025,L6,62%,",
    "62,percent,observed,census-2025,L6,62%,\ngrowth.us.2024,growth,us,us,2024,62,«»times,observed,census-2025,L6,62,",
    "constraints.mixed-units"),
  .init(
    "unit of a check unknown", "Content/data/constraints.yaml", "users: persons", "users: «»person",
    "constraints.unknown-unit"),
  .init(
    "sum of different units", "Content/report.yaml", "value: users.cn.2025",
    "value: «»users.cn.2025 + market.cn.2024",
    "value.different-units"),
  .init(
    "persons written as money", "Content/en/users.md", "`{v} users.cn.2025`", "`{v} users.cn.2025 «»unit=USD`",
    "value.wrong-unit"),
  .init(
    "one currency written as another", "Content/en/users.md", "`{v} prices[alpha].price`",
    "`{v} prices[alpha].price «»unit=CNY`", "value.wrong-unit"),
  .init(
    "a key figure in a unit of another kind", "Content/report.yaml", "value: users.cn.2025",
    "value: users.cn.2025 unit=percentage-points", "value.wrong-unit"),
  .init(
    "column of a table in another unit", "Content/en/money.md", "dataset: prices\nnotes:",
    "dataset: prices\ncolumns: [{field: price, title: Price, unit: «»CNY}]\nnotes:", "table.wrong-unit"),
  // What ought to fit.
  .init(
    "share sum broken", ledger, "52.4,percent,observed,census-2025,L4,52.4%",
    "47.6,percent,observed,census-2025,L4,47.6%", "constraints.violated"),
  .init(
    "growth that does not fit the levels", "Content/data/constraints.yaml",
    "check: \"growth(market.cn.2023, market.cn.2024) = growth.cn.2024\"", "check: «»growth.cn.2024 = 61",
    "constraints.violated"),
  .init(
    "part above the whole", "Content/data/constraints.yaml", "check: users.us.2025 <= users.cn.2025",
    "check: «»users.us.2025 >= users.cn.2025", "constraints.violated"),
  .init(
    "misfit that fits", "Content/data/constraints.yaml", "check: users.us.2025 = users.cn.2025",
    "check: «»users.us.2025 = users.us.2025", "constraints.misfit-gone"),
  .init(
    "check of a row that is gone", "Content/data/constraints.yaml", "share.men.2025 + share.women.2025 = 100",
    "share.men.2025 + «»share.womn.2025 = 100", "value.unknown-fact"),
  .init(
    "check without a relation", "Content/data/constraints.yaml", "check: share.men.2025 + share.women.2025 = 100",
    "check: «»share.men.2025 + share.women.2025", "constraints.no-relation"),
  .init(
    "check of different units", "Content/data/constraints.yaml", "check: users.us.2025 <= users.cn.2025",
    "check: «»users.us.2025 <= market.cn.2024", "constraints.different-units"),
  .init(
    "two checks with one id", "Content/data/constraints.yaml", "id: fewer", "id: «»growth", "constraints.duplicate-id"),
  .init(
    "units of a metric that is none", "Content/data/constraints.yaml", "units: {users: persons",
    "units: {«»user: persons, users: persons", "constraints.unknown-metric"),
  .init("cell out of its range", package, "minimum: 0", "minimum: 3", "dataset.out-of-range"),
  .init("cell that is no number", "Content/data/prices.csv", "beta,5", "beta,«»five", "dataset.wrong-type"),
  .init("row twice", "Content/data/prices.csv", "beta,5", "«»alpha,5", "dataset.duplicate-key"),
  // Sources.
  .init("old source", "Content/references.yaml", "issued: 2025-10", "issued: «»2024-10", "source.old"),
  .init("stale source", "Content/references.yaml", "issued: 2025-10", "issued: «»2022", "source.stale"),
  .init("age without a date", "Content/report.yaml", "date: 2025-12-31\n", "", "report.no-date"),
  .init(
    "citation of nothing", "Content/data/datapackage.yaml", "source: census-2025", "source: «»census-2020",
    "data-package.unknown-source"),
  // Conflicts.
  .init(
    "conflict that nobody decided", "Content/data/conflicts.yaml",
    "rows: [users.us.2025, users.us.survey.2025]\n  prefer: users.us.survey.2025",
    "rows: [users.us.2025, users.cn.2025]", "conflicts.undecided"),
  .init(
    "decision on a row that is gone", "Content/data/conflicts.yaml", "rows: [users.cn.2025, users.us.2025]",
    "rows: [users.cn.2025, «»users.us.2020]", "conflicts.unknown-fact"),
  .init(
    "preferred row that is none of them", "Content/data/conflicts.yaml", "prefer: users.us.survey.2025",
    "prefer: «»users.cn.2025", "conflicts.preferred-not-a-row"),
  .init(
    "decision with one row", "Content/data/conflicts.yaml", "rows: [users.cn.2025, users.us.2025]",
    "rows: «»[users.cn.2025]", "conflicts.too-few-rows"),
  // Numbers typed by hand.
  .init(
    "in prose", "Content/en/users.md", "China has `{v} users.cn.2025` users",
    "China has `{v} users.cn.2025` users, «»515 million,", typed),
  .init("in Chinese numerals", "Content/zh-Hans/users.md", "价格为", "占«»三成，价格为", typed),
  .init("in full-width digits", "Content/zh-Hans/users.md", "价格为", "占«»３６％，价格为", typed),
  .init("in a heading", "Content/en/money.md", "## Money", "## Money of «»40 firms", typed),
  .init("in a chapter's title", "Content/en/money.md", "title: Money", "title: Money of «»40 firms", typed),
  .init(
    "in a chapter's description", "Content/en/money.md", "description: Money", "description: Money of «»40 firms", typed
  ),
  .init("in a callout", "Content/en/money.md", "> Money", "> Money of «»40 firms", typed),
  .init("in a cell", "Content/en/money.md", "| a | b |", "| a | «»36.5% |", typed),
  .init(
    "in a typed table's caption", "Content/en/money.md", ": Money {#tbl-typed}", ": Money of «»40 firms {#tbl-typed}",
    typed),
  .init(
    "in a chart's caption", "Content/en/money.md", "dataset: prices\ncaption: Money",
    "dataset: prices\ncaption: Money of «»40 firms", typed),
  .init(
    "in an alt text", "Content/en/money.md", "alt: Money\n```\n\n```diagram", "alt: «»40 bars\n```\n\n```diagram", typed
  ),
  .init("in a note of a table", "Content/en/money.md", "notes: [Money]", "notes: [Of «»40 firms]", typed),
  .init("in a chart's title", "Content/figures/prices.vl.yaml", "en: Prices differ", "en: Prices up «»40%", typed),
  .init("in a chart's subtitle", "Content/figures/prices.vl.yaml", "zh-Hans: 按模型", "zh-Hans: 按«»40款模型", typed),
  .init(
    "in an axis title", "Content/figures/prices.vl.yaml", "axis: {title: Model}", "axis: {title: \"Of «»40 models\"}",
    typed),
  .init(
    "in a text mark", "Content/figures/prices.vl.yaml", "mark: bar", "mark: {type: bar, description: Up «»40%}", typed),
  .init("in an annotation", "Content/figures/prices.vl.yaml", "zh-Hans: 便宜", "zh-Hans: 便宜«»四成", typed),
  .init(
    "in the data of a chart", chart, "mark: bar",
    "layer: [{data: {values: [{n: «»40}]}, mark: rule, encoding: {y: {field: n, type: quantitative}}}, {mark: bar}]",
    typed),
  .init(
    "as a line at a value", chart, "mark: bar",
    "layer: [{mark: rule, encoding: {x: null, y: {datum: «»40}}}, {mark: bar}]",
    typed),
  .init(
    "as the whole of an expression", chart, "mark: bar", "transform: [{calculate: \"«»40\", as: n}]\nmark: bar", typed),
  .init(
    "in the data of a chart in a chapter", "Content/en/users.md", "mark: bar",
    "layer: [{data: {values: [{n: «»40}]}, mark: rule, encoding: {y: {field: n, type: quantitative}}}, {mark: bar}]",
    typed),
  .init(
    "names that cannot be read", "Content/data/names.yaml", "entities: {", "entities: {{", "yaml.syntax"),
  .init("in a name", "Content/data/names.yaml", "en: Users", "en: «»515 million users", typed),
  .init("in a diagram", "Content/figures/parts.diagram.yaml", "en: Below", "en: Some «»40 makers", typed),
  .init("in the report's title", "Content/report.yaml", "en: Small report", "en: Small report of «»40 firms", typed),
  .init("in the subtitle", "Content/report.yaml", "en: All of it", "en: All «»12 million of it", typed),
  .init("in the report's description", "Content/report.yaml", "zh-Hans: 现有一切", "zh-Hans: 现有«»5.15亿用户", typed),
  .init("in the label of a key figure", "Content/report.yaml", "zh-Hans: 人}", "zh-Hans: 人（占«»三成）}", typed),
  .init("in the title of the data", "Content/data/datapackage.yaml", "en: Data", "en: Data of «»40 firms", typed),
  .init(
    "in a dataset's description", "Content/data/datapackage.yaml", "en: As listed", "en: The «»15 products as listed",
    typed),
  .init("in a column's title", package, "title: Model,", "title: Of «»40 models,", typed),
  .init(
    "in the reason of a conflict", "Content/data/conflicts.yaml", "en: It is the later one.", "en: It is «»10% higher.",
    typed),
  .init("in the glossary", "Content/glossary.yaml", "text: From duels.", "text: From «»3 million duels.", typed),
  .init(
    "in a remark on a source", "Content/references.yaml", "en: A count", "en: \"A count of «»2,000 people\"", typed),
  .init("in the report's own words", "Content/strings/en.yaml", "All numbers", "All «»300 numbers", typed),
  // Two languages that say different things.
  .init(
    "number of the original alone", "Content/en/users.md", "`{v} prices[alpha].price`.",
    "`{v} prices[alpha].price`, people «»`{v} users.us.2025`.", "parity.fact", twin: (chinese, "## 更多")),
  .init(
    "number of the translation alone", chinese, "`{v} prices[alpha].price`。",
    "`{v} prices[alpha].price`，共«»`{v} users.us.2025`。", "parity.fact", twin: ("Content/en/users.md", "## More")),
  .init(
    "number that the translation leaves out", chinese, "中国有`{v} users.cn.2025`用户", "中国有用户", "parity.fact",
    twin: (chinese, "---")),
  .init(
    "cell that the translation leaves out", chinese, "价格为`{v} prices[alpha].price`", "有价格", "parity.fact",
    twin: (chinese, "## 更多")),
  .init(
    "number that stands in another section", chinese, "价格为`{v} prices[alpha].price`。",
    "价格为`{v} prices[alpha].price`，用户«»`{v} users.cn.2025`。", "parity.fact", twin: ("Content/en/users.md", "## More")),
  .init(
    "number in a caption of one language", chinese, "caption: 各国用户",
    "caption: \"各国用户，共«»`{v} users.us.2025`\"", "parity.fact", twin: ("Content/en/users.md", "## More")),
  .init(
    "number of one language in a text for both", "Content/report.yaml", "subtitle: {en: All of it",
    "subtitle: {en: \"All of «»`{v} users.cn.2025`\"", "parity.fact", twin: ("Content/report.yaml", "全部")),
  .init(
    "number of one language in a figure's file", "Content/figures/prices.vl.yaml", "zh-Hans: 价格不同",
    "zh-Hans: \"价格不同«»`{v} users.cn.2025`\"", "parity.fact",
    twin: ("Content/figures/prices.vl.yaml", "Prices differ")),
  .init(
    "section of one language", "Content/en/users.md", "## More {#sec-more}",
    "## More {#sec-more}\n\n«»## Else {#sec-else}", "parity.section", twin: (chinese, "## 更多")),
  .init(
    "section without its id", "Content/zh-Hans/money.md", "## 资金 {#sec-money}", "## 资金", "parity.section",
    twin: ("Content/zh-Hans/money.md", "---")),
  .init(
    "section of another level", chinese, "## 更多 {#sec-more}", "«»### 更多 {#sec-more}", "parity.section",
    twin: ("Content/en/users.md", "## More")),
  .init(
    "table of one language", "Content/en/users.md", "```vega-lite #fig-users",
    "```table #«»tbl-x\ncaption: A\ndataset: prices\n```\n\n```vega-lite #fig-users", "parity.table",
    twin: (chinese, "## 更多")),
  .init(
    "figure of one language", chinese, "```vega-lite #fig-users",
    "```diagram #«»fig-x\nspec: figures/parts.diagram.yaml\ncaption: 甲\nalt: 乙\n```\n\n```vega-lite #fig-users",
    "parity.figure", twin: ("Content/en/users.md", "## More")),
  .init(
    "figure that draws other data", chinese,
    "```vega-lite #fig-users\ncaption: 各国用户\nalt: 两根柱子。\nquery: SELECT name(entity) AS country, value, id AS fact FROM facts",
    "```vega-lite #«»fig-users\ncaption: 各国用户\nalt: 两根柱子。\nquery: SELECT name(entity) AS country, value, id AS fact FROM facts WHERE entity = 'cn'",
    "parity.figure", twin: ("Content/en/users.md", "fig-users\ncaption")),
  .init(
    "citation of one language", "Content/en/users.md", "A [model]{.term} costs",
    "As [@«»census-2025] says, a [model]{.term} costs", "parity.citation", twin: (chinese, "## 更多")),
  .init(
    "citation that the translation leaves out", chinese, "用户 [@census-2025, L1]", "用户", "parity.citation",
    twin: (chinese, "---")),
  .init(
    "number that differs between languages", chinese, "价格为`{v} prices[alpha].price`",
    "价格为«»`{v} prices[beta].price`", "parity.fact", twin: ("Content/en/users.md", "`{v} prices[alpha].price`")),
  .init(
    "mark of a translation on the original", "Content/en/users.md", "title: Users",
    "title: Users\ntranslationOf: «»en@0123456789abcdef", "translation.of-original"),
  .init(
    "mark of a translation that is none", chinese, "title: 用户", "title: 用户\ntranslationOf: «»yesterday",
    "translation.bad-mark"),
  // Numbers that name nothing.
  .init(
    "fact that is gone", "Content/en/users.md", "`{v} prices[alpha].price`", "`{v} «»prices[gamma].price`",
    "value.unknown-row"),
  .init(
    "key figure of nothing", "Content/report.yaml", "value: users.cn.2025", "value: «»users.cn.2020",
    "value.unknown-fact"),
  .init(
    "label bound to nothing", "Content/report.yaml", "en: people", "en: «»\"of `{v} users.cn.2020`\"",
    "value.unknown-fact"),
]
