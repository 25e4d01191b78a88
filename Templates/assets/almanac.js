// What a page gains from script; nothing here is needed to read it.
(() => {
  "use strict";
  const root = document.documentElement;

  // The reader's theme, before anything is painted. Without a choice the page follows the system.
  const key = "almanac-theme";
  const remembered = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem(key, theme); } catch { /* private windows */ } };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const chosen = remembered();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  const offerTheme = () => {
    const toggle = document.querySelector("[data-theme-toggle]");
    if (!toggle) return;
    const show = () => toggle.setAttribute("aria-pressed", String(isDark()));
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      show();
    });
    system.addEventListener("change", show);
    show();
  };

  // The first tap on a number opens its card, the second follows it. Escape closes cards and menus.
  const offerCards = () => {
    let pointer = "mouse";
    let opened = null;
    document.addEventListener("pointerdown", (event) => {
      pointer = event.pointerType;
      if (opened && !opened.contains(event.target)) opened = null;
    });
    document.addEventListener("click", (event) => {
      const wrap = event.target.closest?.(".v-wrap");
      if (pointer !== "touch" || !wrap || !event.target.closest("a")) return;
      if (opened === wrap) return;
      event.preventDefault();
      event.target.closest("a").focus({ preventScroll: true });
      wrap.classList.remove("is-closed");
      opened = wrap;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const wrap of document.querySelectorAll(".v-wrap:hover, .v-wrap:focus-within")) wrap.classList.add("is-closed");
      for (const menu of document.querySelectorAll(".menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      opened = null;
    });
    const reopen = (event) => {
      const wrap = event.target.closest?.(".v-wrap.is-closed");
      if (wrap && !wrap.contains(event.relatedTarget)) wrap.classList.remove("is-closed");
    };
    document.addEventListener("mouseout", reopen);
    document.addEventListener("focusout", reopen);
    document.addEventListener("click", (event) => {
      for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    });
  };

  // A link to a figure or section goes to the clipboard as well as to the address bar.
  const offerLinks = () => {
    document.addEventListener("click", async (event) => {
      const link = event.target.closest?.("[data-copied]");
      if (!link || !navigator.clipboard) return;
      try { await navigator.clipboard.writeText(link.href); } catch { return; }
      const word = link.textContent;
      link.textContent = link.dataset.copied;
      setTimeout(() => { link.textContent = word; }, 1600);
    });
  };

  // Tables sort by the value a cell carries, not by how it is written. Rows stay within their group, totals stay last.
  const offerSorting = () => {
    const order = new Intl.Collator(root.lang || undefined, { numeric: true });
    const value = (row, column) => {
      const cell = row.cells[column];
      const text = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
      const number = text === "" ? NaN : Number(text);
      return { text, number, isMissing: text === "" || cell.classList.contains("missing") };
    };
    const sort = (table, column, isDescending) => {
      for (const body of table.tBodies) {
        const rows = [...body.rows];
        const movable = rows.filter((row) => !row.matches(".group, .total"));
        const keyed = movable.map((row) => ({ row, key: value(row, column) }));
        keyed.sort((a, b) => {
          if (a.key.isMissing !== b.key.isMissing) return a.key.isMissing ? 1 : -1;
          const isNumeric = !Number.isNaN(a.key.number) && !Number.isNaN(b.key.number);
          const step = isNumeric ? a.key.number - b.key.number : order.compare(a.key.text, b.key.text);
          return isDescending ? -step : step;
        });
        body.prepend(...rows.filter((row) => row.matches(".group")), ...keyed.map((entry) => entry.row));
      }
    };
    for (const table of document.querySelectorAll("table.sortable")) {
      const heads = [...table.tHead.rows].at(-1).cells;
      [...heads].forEach((head, column) => {
        if (!head.dataset.sortLabel) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "sort";
        button.title = head.dataset.sortLabel;
        button.append(...[...head.childNodes].filter((node) => !node.matches?.(".cell-note, .unit")));
        head.prepend(button);
        button.addEventListener("click", () => {
          const startsDescending = head.matches(".num, .dec, .bar-cell");
          const before = head.getAttribute("aria-sort");
          const isDescending = before ? before === "ascending" : startsDescending;
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
          sort(table, column, isDescending);
        });
      });
    }
  };

  // The cards of the ledger that hold every word typed, by name, value, source or identifier; what was folded before is folded after.
  const offerFilter = () => {
    const filter = document.querySelector("[data-filter]");
    if (!filter) return;
    const folds = [...document.querySelectorAll(".ledger details")];
    const texts = (nodes, text) => nodes.map((node) => ({ node, text: text(node).toLowerCase() }));
    const heads = new Map(folds.map((fold) => [fold, fold.querySelector("summary").textContent.toLowerCase()]));
    const facts = texts([...document.querySelectorAll(".fact")], (card) => card.textContent).map(({ node, text }) => {
      const group = node.closest(".fact-group");
      return { node, text: `${text} ${heads.get(group) ?? ""}` };
    });
    let before = null;
    filter.hidden = false;
    filter.querySelector("input").addEventListener("input", (event) => {
      const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      before ??= new Map(folds.map((fold) => [fold, fold.open]));
      for (const { node, text } of facts) node.hidden = !words.every((word) => text.includes(word));
      for (const box of document.querySelectorAll(".fact-group, .fact-part")) box.hidden = !box.querySelector(".fact:not([hidden])");
      for (const fold of folds) fold.open = words.length > 0 || before.get(fold);
      if (!words.length) before = null;
    });
    const button = filter.querySelector("[data-open-all]");
    const [open, close] = [button.textContent, button.dataset.closeLabel];
    button.addEventListener("click", () => {
      const all = folds.every((fold) => fold.open);
      for (const fold of folds) fold.open = !all;
      button.textContent = all ? open : close;
    });
  };

  // A link to something that lies folded unfolds it, where the browser does not by itself; a page is printed unfolded.
  const unfold = () => {
    const reveal = () => {
      let id;
      try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
      const target = id ? document.getElementById(id) : null;
      let opened = false;
      for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
        if (!fold.open) opened = fold.open = true;
      }
      if (opened) target.scrollIntoView();
    };
    reveal();
    addEventListener("hashchange", reveal);
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll(".ledger details:not([open])")];
      for (const fold of folded) fold.open = true;
    });
    addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });
  };

  // Han has no spaces to break at: a title breaks behind a clause, and within one between words, of which the browser knows.
  const breakTitles = () => {
    if (!/^zh\b/.test(root.lang) || !window.Intl?.Segmenter) return;
    const segmenter = new Intl.Segmenter(root.lang, { granularity: "word" });
    const [closing, opening, joint] = [/^[\p{Pe}\p{Pf}，。；：、！？%％‰°）》”’…]/u, /[\p{Ps}\p{Pi}《（“‘#$￥¥]$/u, /[—–~～·/×+.\d-]$/u];
    const joined = /^[—–~～·/×+.-]/u;
    // Words that stay on a line with what is before them: marks, particles, the unit of a number, and what would stand alone at the end.
    const words = (text) => {
      const result = [];
      for (const { segment } of segmenter.segment(text)) {
        const last = result.at(-1);
        const isOne = [...segment].length === 1;
        if (last !== undefined && (closing.test(segment) || opening.test(last) || joint.test(last) || joined.test(segment)
          || isOne && /[的了们地得等者性式化率额度]/.test(segment))) result[result.length - 1] += segment;
        else result.push(segment);
      }
      if (result.length > 1 && [...result.at(-1)].length === 1) result.splice(-2, 2, result.at(-2) + result.at(-1));
      return result;
    };
    const between = (parts, make) => parts.flatMap((part, place) => (place ? [document.createElement("wbr"), make(part)] : [make(part)]));
    const titles = "h1, h2, h3, .figure-title, .chapter-title a, .pager-title, .plate-title, .lede, .subtitle, .figure-subtitle, .chapter-description, .key-label, .part-title";
    for (const title of document.querySelectorAll(titles)) {
      const texts = [...title.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const isTitle = !title.matches(".lede, .figure-subtitle, .chapter-description, .key-label");
      for (const text of texts) {
        const clauses = text.data.match(/[^，。；：、！？]+[，。；：、！？]*[”’）》」]*|^[，。；：、！？]+/gu) ?? [text.data];
        // A clause is a box of its own only where nothing else stands on its line.
        const asBoxes = isTitle && texts.length === 1 && clauses.length > 1 && ![...title.children].some((child) => !child.matches(".permalink"));
        text.replaceWith(...clauses.flatMap((clause, place) => {
          const parts = between(words(clause), (part) => part);
          if (!asBoxes) return place ? [document.createElement("wbr"), ...parts] : parts;
          const box = document.createElement("span");
          box.className = "clause";
          box.append(...parts);
          return [box];
        }));
      }
      title.classList.add("phrased");
    }
  };

  // A long table shows the rows that hold every word typed; totals and titles of groups stay.
  const offerRowFilters = () => {
    for (const long of document.querySelectorAll(".table-long")) {
      const rows = [...long.querySelectorAll("tbody tr:not(.group)")].map((row) => ({ row, text: row.textContent.toLowerCase() }));
      const input = document.createElement("input");
      input.type = "search";
      input.autocomplete = "off";
      input.placeholder = long.dataset.filterLabel;
      input.setAttribute("aria-label", long.dataset.filterLabel);
      long.querySelector(".table-tools").append(input);
      input.addEventListener("input", () => {
        const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
        for (const body of long.querySelectorAll("tbody")) body.hidden = !body.querySelector("tr:not(.group):not([hidden])");
      });
    }
  };

  // No paragraph of Han ends with a line of one character: its last ones hold together.
  const keepEnds = () => {
    if (!/^zh\b/.test(root.lang)) return;
    for (const text of document.querySelectorAll(".prose p, .prose li, .prose dd, .figure-foot p, .table-note, .table-notes li, .lede, .key-note, .reference-note")) {
      let last = text.lastChild;
      // Behind a link or emphasis that ends a sentence only its mark is left.
      if (last?.nodeType === Node.TEXT_NODE && /^[，。；：、！？”）》]+\s*$/u.test(last.data) && last.previousSibling?.matches?.("a, strong, em")) {
        const before = last.previousSibling;
        if (before.textContent.length < 8) before.classList.add("whole");
        last = before.lastChild;
      }
      if (last?.nodeType !== Node.TEXT_NODE) continue;
      const words = last.data.trimEnd();
      const end = words.slice(-4);
      if (words.length < 8 || !/^[\p{sc=Han}，。；：、！？”）》]+$/u.test(end)) continue;
      // Not so that what is kept begins with a mark.
      const start = words.length - 4 + (end.match(/^[，。；：、！？”）》]*/)[0].length);
      const box = document.createElement("span");
      box.className = "whole";
      box.append(last.splitText(start));
      last.after(box);
    }
  };

  // A table that fits needs no stop on the way through the page.
  const skipWholeTables = () => {
    if (!window.ResizeObserver) return;
    const observer = new ResizeObserver((entries) => {
      for (const { target: box } of entries) {
        const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
        if (scrolls) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      }
    });
    for (const box of document.querySelectorAll(".table-scroll")) observer.observe(box);
  };

  // The section being read is marked in the contents.
  const followReading = () => {
    const links = new Map([...document.querySelectorAll(".toc a[href^='#']")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (!heads.length || !window.IntersectionObserver) return;
    const mark = () => {
      const above = heads.filter((head) => head.getBoundingClientRect().top < innerHeight * 0.3);
      const current = above.at(-1) ?? null;
      for (const [id, link] of links) link.classList.toggle("here", id === current?.id);
    };
    const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px", threshold: [0, 1] });
    for (const head of heads) observer.observe(head);
  };

  document.addEventListener("DOMContentLoaded", () => {
    breakTitles();
    keepEnds();
    unfold();
    offerTheme();
    offerCards();
    offerLinks();
    offerSorting();
    offerFilter();
    offerRowFilters();
    skipWholeTables();
    followReading();
  });
})();
