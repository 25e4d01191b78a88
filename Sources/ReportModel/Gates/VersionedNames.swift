package import Datasets
private import Notation

/// Names behind which a number is a version: families of models, products and standards, and what the report itself names.
package struct VersionedNames: Sendable, Hashable {
  /// Latin words, as they are written: `Claude` of "Claude 4".
  private var families: Set<String>
  /// Chinese names, by their last character: 豆包 of 豆包1.5.
  private var hanFamilies: [[Unicode.Scalar]]
  /// Names that hold digits, which are passed over as a whole, by their first character and longest first.
  private var phrases: [Unicode.Scalar: [[Unicode.Scalar]]] = [:]

  /// Known to every report.
  package static var builtIn: VersionedNames {
    VersionedNames(families: Set(latinFamilies.split(whereSeparator: \.isWhitespace).map(String.init)))
  }

  private init(families: Set<String>) {
    self.families = families
    hanFamilies = Self.hanFamilyList.split(whereSeparator: \.isWhitespace).map { Array($0.unicodeScalars) }
  }
}

extension VersionedNames {
  /// The built-in names and those of `names.yaml`: a name with digits (`Grok 3`, `19 and under`) is one as a whole, and the
  /// word before a version in it (`Grok`) carries versions elsewhere.
  package init(naming table: NameTable) {
    self = .builtIn
    for entry in table.entries where entry.section != .metrics && entry.section != .units {
      let texts = entry.value.scalarText.map { [$0] } ?? (entry.value.object ?? []).compactMap(\.value.scalarText)
      for text in texts { add(text) }
    }
    for key in phrases.keys { phrases[key]?.sort { $0.count > $1.count } }
  }

  private mutating func add(_ name: String) {
    let scalars = Array(name.unicodeScalars)
    guard let digit = scalars.firstIndex(where: { $0.value &- 0x30 < 10 }), let first = scalars.first,
      scalars.contains(where: \.properties.isAlphabetic), scalars.count <= 60
    else { return }
    if phrases[first]?.contains(scalars) != true { phrases[first, default: []].append(scalars) }
    // The word before a space and digits.
    guard digit > 1, scalars[digit - 1] == " " else { return }
    let word = scalars[..<(digit - 1)].split(separator: " ").last ?? []
    if word.count > 1, word[word.startIndex].properties.isUppercase, word.allSatisfy({ $0.value < 0x250 }) {
      families.insert(String(String.UnicodeScalarView(word)))
    }
  }

  /// A key for what is made with these names.
  package var fingerprintText: String {
    let texts = phrases.values.flatMap { $0 }.map { String(String.UnicodeScalarView($0)) }
    return texts.sorted().joined(separator: "\n")
  }

  /// Whether a word is such a name, or one with a version of its own: `Claude`, `Qwen2.5`, `GPT-4`.
  func isFamily(_ word: String) -> Bool {
    if families.contains(word) { return true }
    let letters = word.prefix { $0.isLetter }
    return letters.count < word.count && letters.count > 1 && families.contains(String(letters))
  }

  /// Whether a Chinese name ends before a place, with 大模型 or 模型 behind it or not.
  func endsWithHanName(_ scalars: [Unicode.Scalar], before place: Int) -> Bool {
    guard place > 0, scalars[place - 1].value >= 0x4E00 else { return false }
    let rest = scalars[..<place]
    var ends = [rest]
    for tail in ["大模型", "模型", "系列", "一言", "一格"] where rest.ends(with: tail) {
      ends.append(rest.dropLast(tail.unicodeScalars.count))
    }
    return ends.contains { end in hanFamilies.contains { end.suffix($0.count).elementsEqual($0) } }
  }

  /// Behind the name with digits that begins at a place and ends with a word there; `nil` when there is none.
  func end(ofNameIn scalars: [Unicode.Scalar], at place: Int) -> Int? {
    guard !phrases.isEmpty, let candidates = phrases[scalars[place]] else { return nil }
    for name in candidates where scalars[place...].starts(with: name) {
      let end = place + name.count
      if end < scalars.count, let last = name.last, continues(last, scalars[end]) { continue }
      if end + 1 < scalars.count, scalars[end] == ".", scalars[end + 1].value &- 0x30 < 10 { continue }
      return end
    }
    return nil
  }

  /// Whether a scalar goes on with the word that another ends.
  private func continues(_ last: Unicode.Scalar, _ next: Unicode.Scalar) -> Bool {
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value &- 0x30 < 10 || (scalar.value | 0x20) &- 0x61 < 26
    }
    return isWord(last) && (isWord(next) || next == "%")
  }
}

extension Collection<Unicode.Scalar> where Self: BidirectionalCollection {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.unicodeScalars.count).elementsEqual(text.unicodeScalars)
  }
}

extension VersionedNames {
  private static let latinFamilies = """
    GPT GPTs ChatGPT Claude Opus Sonnet Haiku Gemini Gemma Llama LLaMA LLAMA Grok Qwen QwQ QVQ DeepSeek Deepseek GLM ChatGLM
    CogView CogVideo Mistral Mixtral Codestral Pixtral Magistral Devstral Phi Kimi Moonshot Yi Ernie ERNIE Hunyuan Doubao Seed
    Seedance Seedream Seaweed Spark SparkDesk MiniMax Hailuo Abab InternLM InternVL Baichuan PaLM PaLI LaMDA Nova Titan Jamba
    Falcon Diffusion Midjourney Imagen Veo Sora DALL·E DALL-E Whisper Codex BERT RoBERTa Orion PanGu Pangu Tongyi Wenxin Yuanbao
    Cohere Command Aya Nemotron Megatron Bloom OLMo Granite Arctic DBRX StableLM Flux FLUX Runway Kling Vidu Dreamina Pika
    Copilot Cursor Composer Operator Manus Coze Dify Skywork Step Zhipu SenseNova Xinghuo Ling Ring MiMo LongCat Ernie-Bot
    AlphaFold AlphaGo AlphaZero Gato Atlas Optimus Figure Windows Android iOS iPadOS macOS HarmonyOS Linux Ubuntu iPhone iPad
    Galaxy Pixel Python Java CUDA ROCm PyTorch TensorFlow HTML HTTP TLS IPv USB PCIe DDR HBM HDMI Bluetooth Wi-Fi WiFi Web
    Industry ISO IEC RFC IEEE GB GB/T Boeing Airbus Formula Model Area Route Xbox PlayStation RTX GTX Ryzen Xeon Core EPYC
    Instinct Ascend Kirin Kunpeng Tesla Jetson TPU Trainium Inferentia Gaudi Loongson Snapdragon Dimensity Office Microsoft
    Horizon Vision Agenda Fortune Nasdaq NASDAQ Russell FTSE CSI S&P Nikkei Apollo War Chang’e Shenzhou Schedule Rule MATH AIME
    HumanEval MMLU GPQA SWE-bench ARC-AGI CEval C-Eval Blackwell Hopper Rubin Atlas Cloud
    """
  private static let hanFamilyList = """
    文心 通义 通义千问 千问 豆包 混元 星火 盘古 百川 智谱 清言 日日新 天工 太初 书生 浦语 鸿蒙 昇腾 鲲鹏 麒麟 可灵 即梦 元宝 悟道 悟空
    海螺 言犀 商量 曹植 孟子 玉言 九天 元景 星辰 伏羲 子曰 奇元 万卷 紫东 讯飞 龙芯 飞腾 骁龙 天玑 嫦娥 神舟 天宫 思元 含光
    巴龙 凌霄 夸克 秘塔 月之暗面 智脑 山海 序列猴子 雅意 从容 魔搭 灵犀 跃问 阶跃 西湖 小艺 羚羊
    """
}
