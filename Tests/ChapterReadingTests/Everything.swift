/// A chapter with all of the dialect, in each edition.
let everything: [String: String] = [
  "en": #"""
  ---
  title: Adoption
  description: Who uses it
  ---

  ## Users of *AI* {#sec-users}

  It has `{v} genai-users.cn.2025-06 fmt=.1f` users, up `{v} growth(a.x, b.y) sign unit=off`; see @fig-users
  and [-@tbl-prices] in [](#sec-users).[^1] As @cnnic-2025 says [@cnnic-2025, L173; @ai-index-2025].

  > [!NOTE] A *title* with @fig-users
  > Body of the note

  > [!WARNING]
  > Only body

  ```vega-lite #fig-users
  caption: Users
  mark: bar
  ```

  ![The *caption* @cnnic-2025](img/x.svg){#fig-img alt="A \"b\" *c* @fig-z"}

  - An item with [MoE]{.term}, [**Mixture** of `x`]{.term} and [GPT &amp; co]{.literal}

    ```table #tbl-fence
    {"caption": "In a list"}
    ```

  ```sql adoption
  SELECT 1
  ```

  | a | b |
  |---|---|
  | `{v} a.b` | 2 |

  : Prices of @cnnic-2025 {#tbl-prices}

  | a | b |
  |---|---|
  | 1 | 2 |
  : A *row* {#tbl-row}

  [^1]: Note [@x-1, p. 3]
  """#,
  "zh-Hans": #"""
  ---
  title: 应用
  description: 谁在使用
  ---

  ## *人工智能*的用户 {#sec-users}

  用户达`{v} genai-users.cn.2025-06 fmt=.1f`人，增长`{v} growth(a.x, b.y) sign unit=off`，见@fig-users，
  及表[-@tbl-prices]，见[](#sec-users)。[^1]如@cnnic-2025所述[@cnnic-2025, L173; @ai-index-2025]。

  > [!NOTE] *标题*见@fig-users
  > 正文

  > [!WARNING]
  > 只有正文

  ```vega-lite #fig-users
  caption: 用户
  mark: bar
  ```

  ![**“图”**说@cnnic-2025](img/x.svg){#fig-img alt="图"}

  - 条目[混合专家]{.term}、[**混合**专家`x`]{.term}和[GPT &amp; 公司]{.literal}

    ```table #tbl-fence
    {"caption": "列表中"}
    ```

  ```sql adoption
  SELECT 1
  ```

  | 甲 | 乙 |
  |---|---|
  | `{v} a.b` | 2 |

  : 价格@cnnic-2025 {#tbl-prices}

  | 甲 | 乙 |
  |---|---|
  | 1 | 2 |
  : 一*行* {#tbl-row}

  [^1]: 注[@x-1, 第3页]
  """#,
]

/// What is read of it: each line ends in the source that its spans cover.
let expectedEverything: [String: String] = [
  "en": #"""
  title Adoption
  description Who uses it
  heading 2 #sec-users Users of AI
  figure chart #fig-users fence caption: Users… caption Users
  figure image #fig-img image img/x.svg alt A "b" *c* @fig-z
  figure table #tbl-fence fence {"caption": "In a list"}… caption "In a list"
  figure table #tbl-prices caption Prices of @cnnic-2025
  figure table #tbl-row caption A row
  query adoption: SELECT 1…
  number `{v} genai-users.cn.2025-06 fmt=.1f` facts ["genai-users.cn.2025-06"] .1f  false
  number `{v} growth(a.x, b.y) sign unit=off` facts ["a.x", "b.y"]  off true
  number `{v} a.b` facts ["a.b"]   false
  citation @cnnic-2025 ["cnnic-2025 at "] true
  citation [@cnnic-2025, L173; @ai-index-2025] ["cnnic-2025 at L173", "ai-index-2025 at "] false
  citation @cnnic-2025 ["cnnic-2025 at "] true
  citation @cnnic-2025 ["cnnic-2025 at "] true
  citation [@x-1, p. 3] ["x-1 at p. 3"] false
  reference @fig-users to fig-users label
  reference [-@tbl-prices] to tbl-prices number
  reference [](#sec-users) to sec-users title
  reference @fig-users to fig-users label
  callout note A title with @fig-users [!NOTE]
  callout warning  [!WARNING]
  term [MoE]{.term} MoE
  term [**Mixture** of `x`]{.term} Mixture of x
  literal [GPT &amp; co]{.literal} GPT & co
  <h2 id="sec-users">Users of <em>AI</em></h2>
  <p>It has <NUMBER> users, up <NUMBER>; see <REF>
  and <REF> in <REF>.<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" data-footnote-ref>1</a></sup> As <CITE> says <CITE>.</p>
  <aside role="note" class="callout callout-note">
  <p class="callout-title">A <em>title</em> with <REF></p>
  <p>Body of the note</p>
  </aside>
  <aside role="note" class="callout callout-warning">
  <p class="callout-title">Warning</p>
  <p>Only body</p>
  </aside>
  <FIGURE>
  <FIGURE>
  <ul>
  <li>
  <p>An item with <span class="term">MoE</span>, <span class="term"><strong>Mixture</strong> of <code>x</code></span> and <span class="literal">GPT &amp; co</span></p>
  <FIGURE>
  </li>
  </ul>
  <FIGURE>
  <FIGURE>
  <section class="footnotes" data-footnotes aria-label="Footnotes">
  <ol>
  <li id="fn-1">
  <p>Note <CITE> <a href="#fnref-1" class="footnote-backref" data-footnote-backref aria-label="Back to content">↩</a></p>
  </li>
  </ol>
  </section>

  """#,
  "zh-Hans": #"""
  title 应用
  description 谁在使用
  heading 2 #sec-users 人工智能的用户
  figure chart #fig-users fence caption: 用户… caption 用户
  figure image #fig-img image img/x.svg alt 图
  figure table #tbl-fence fence {"caption": "列表中"}… caption "列表中"
  figure table #tbl-prices caption 价格@cnnic-2025
  figure table #tbl-row caption 一行
  query adoption: SELECT 1…
  number `{v} genai-users.cn.2025-06 fmt=.1f` facts ["genai-users.cn.2025-06"] .1f  false
  number `{v} growth(a.x, b.y) sign unit=off` facts ["a.x", "b.y"]  off true
  number `{v} a.b` facts ["a.b"]   false
  citation @cnnic-2025 ["cnnic-2025 at "] true
  citation [@cnnic-2025, L173; @ai-index-2025] ["cnnic-2025 at L173", "ai-index-2025 at "] false
  citation @cnnic-2025 ["cnnic-2025 at "] true
  citation @cnnic-2025 ["cnnic-2025 at "] true
  citation [@x-1, 第3页] ["x-1 at 第3页"] false
  reference @fig-users to fig-users label
  reference [-@tbl-prices] to tbl-prices number
  reference [](#sec-users) to sec-users title
  reference @fig-users to fig-users label
  callout note 标题见@fig-users [!NOTE]
  callout warning  [!WARNING]
  term [混合专家]{.term} 混合专家
  term [**混合**专家`x`]{.term} 混合专家x
  literal [GPT &amp; 公司]{.literal} GPT & 公司
  <h2 id="sec-users"><em>人工智能</em>的用户</h2>
  <p>用户达<NUMBER>人，增长<NUMBER>，见<REF>，及表<REF>，见<REF>。<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" data-footnote-ref>1</a></sup>如<CITE>所述<CITE>。</p>
  <aside role="note" class="callout callout-note">
  <p class="callout-title"><em>标题</em>见<REF></p>
  <p>正文</p>
  </aside>
  <aside role="note" class="callout callout-warning">
  <p class="callout-title">Warning</p>
  <p>只有正文</p>
  </aside>
  <FIGURE>
  <FIGURE>
  <ul>
  <li>
  <p>条目<span class="term">混合专家</span>、<span class="term"><strong>混合</strong>专家<code>x</code></span>和<span class="literal">GPT &amp; 公司</span></p>
  <FIGURE>
  </li>
  </ul>
  <FIGURE>
  <FIGURE>
  <section class="footnotes" data-footnotes aria-label="Footnotes">
  <ol>
  <li id="fn-1">
  <p>注<CITE> <a href="#fnref-1" class="footnote-backref" data-footnote-backref aria-label="Back to content">↩</a></p>
  </li>
  </ol>
  </section>

  """#,
]
