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

  // The cards of the ledger that hold every word typed, by name, value, source or identifier.
  const offerFilter = () => {
    const filter = document.querySelector("[data-filter]");
    if (!filter) return;
    const facts = [...document.querySelectorAll(".fact")].map((card) => ({ card, text: card.textContent.toLowerCase() }));
    filter.hidden = false;
    filter.querySelector("input").addEventListener("input", (event) => {
      const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { card, text } of facts) card.hidden = !words.every((word) => text.includes(word));
      for (const group of document.querySelectorAll(".fact-group")) group.hidden = !group.querySelector(".fact:not([hidden])");
    });
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
    offerTheme();
    offerCards();
    offerLinks();
    offerSorting();
    offerFilter();
    offerRowFilters();
    followReading();
  });
})();
