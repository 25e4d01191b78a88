import AlmanacCore
import Localization
import VegaLite
import VegaRuntime
struct ChartTable { var columns: [String] = []; var rows: [[String]] = [] }
struct ChartDrawing { var svg: [UInt8] = []; var table = ChartTable() }
struct DrawOptions { init(language: LanguageTag, width: Double, idPrefix: String, title: String?) {} }
func drawChart(_ plan: ChartPlan, data: [String: DataTable], load: (String) -> SourceFile?, options: DrawOptions)
  -> Diagnosed<ChartDrawing?>
{ Diagnosed(nil) }
