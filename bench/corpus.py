"""Makes the pages of the benchmark: the same text for every tool, deterministic.

The pages come from `../shared/bench/gen_corpus.py` where that lies beside the project, and otherwise from the small
generator below: about a thousand words a page, a table, a list, footnotes, code, and links, every second page partly in
Chinese. Each tool gets them with the front matter that it reads.
"""
import pathlib
import random
import re
import subprocess
import sys

SHARED = pathlib.Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "gen_corpus.py"
ENGLISH = "growth energy output survey sample region annual quarter median share export price trend forecast revenue " \
    "cost margin capacity demand supply station record baseline interval method source finding policy budget target " \
    "and of the in with from by more than under between about which was are were had not only".split()
CHINESE = "年度 报告 数据 分析 增长 能源 产量 指数 调查 样本 地区 季度 份额 出口 价格 趋势 预测 收入 成本 方法 来源 结果 政策 预算 目标 " \
    "可以 因此 但是 同时 以及 的 了 和 与 是 有 对 为 从 到 较 约 达到 超过 保持 表明 需要 继续 提高 变化 影响".split()


def make(folder, count):
    """Writes FOLDER/almanac (a report) and FOLDER/hugo (a site) with COUNT pages each."""
    plain = folder / "plain"
    if SHARED.exists():
        subprocess.run([sys.executable, SHARED, plain, str(count)], check=True, stdout=subprocess.DEVNULL)
    else:
        make_plain(plain, count)
    report, site = folder / "almanac", folder / "hugo"
    pages = sorted(plain.glob("*/*.md"))
    for page in pages:
        title, description, body = split(page.read_text(encoding="utf-8"))
        place = page.relative_to(plain)
        write(report / "Content" / "en" / place, matter(title, description) + body)
        write(site / "content" / place, matter(title, description) + re.sub(r"\]\(\.\./(ch\d+/p\d+)\.md\)", r"](../../\1/)", body))
    for part in sorted({page.parent.name for page in pages}):
        write(site / "content" / part / "_index.md", f"---\ntitle: {part}\n---\n")
    write(site / "content" / "_index.md", "---\ntitle: Corpus\n---\n")
    write(report / "Content" / "report.yaml", "title: Corpus\neditions: [en]\ngates: {unbound: off}\n")
    return report, site


def split(text):
    """Returns title, description and body without front matter and first heading."""
    _, front, body = text.split("---\n", 2)
    title = re.search(r'^title: "?(.*?)"?$', front, re.M).group(1)
    summary = re.search(r"^summary: >-\n\s+(.*)$", front, re.M)
    return title, summary.group(1) if summary else title, re.sub(r"\A\s*# .*\n+", "", body)


def matter(title, description):
    quote = lambda text: "'" + text.replace("'", "''") + "'"
    return f"---\ntitle: {quote(title)}\ndescription: {quote(description)}\n---\n\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_plain(folder, count):
    for number in range(count):
        choice = random.Random(number)
        write(folder / f"ch{number // 100:03}" / f"p{number:05}.md", page(choice, number, count))


def page(choice, number, count):
    def sentence(chinese):
        words = [choice.choice(CHINESE if chinese else ENGLISH) for _ in range(choice.randint(8, 20))]
        if choice.random() < 0.3:
            words[3] = f"**{words[3]}**"
        return "".join(words) + "。" if chinese else " ".join(words).capitalize() + "."

    title = sentence(False)[:40].strip(". ")
    lines = ["---", f'title: "{title}"', "summary: >-", "  " + sentence(False), "---", "", "# " + title, ""]
    for section in range(6):
        lines += ["## " + sentence(False)[:30].strip(". "), ""]
        for paragraph in range(2):
            chinese = number % 2 == 1 and paragraph == 0
            text = ("" if chinese else " ").join(sentence(chinese) for _ in range(5))
            if paragraph == 1:
                other = choice.randrange(count)
                text += f" See [this page](../ch{other // 100:03}/p{other:05}.md)."
            elif section < 3:
                text += f"[^n{section}]"
            lines += [text, ""]
        if section == 0:
            lines += ["| Region | 2023 | 2024 |", "|:---|---:|---:|"]
            lines += [f"| {choice.choice(ENGLISH)} | {choice.randint(10, 99999)} | {choice.randint(10, 99999)} |" for _ in range(9)]
            lines.append("")
        elif section == 1:
            lines += ["```python", *(f"{choice.choice(ENGLISH)} = {choice.random():.3f}" for _ in range(8)), "```", ""]
        elif section == 2:
            lines += [f"- [{choice.choice('x ')}] {sentence(False)}" for _ in range(4)] + [""]
    lines += [line for note in range(3) for line in (f"[^n{note}]: {sentence(False)}", "")]
    return "\n".join(lines)
