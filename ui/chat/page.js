// What the page does by itself: a marker opens the words it stands for, at once where the panel has them, or as soon as
// it has. Texts are handed out as downloads or to the clipboard.
(() => {
  "use strict";
  const NARROW = 768; // pixels
  let wanted = null; // the citation that a marker asked for, until the panel shows it
  let cameFrom = null; // the marker, to go back to
  let statement = null; // the statement that is to be seen in its article
  let asked = 0; // questions in the conversation
  let following = false; // whether the last question is kept at the top

  const sources = () => document.querySelector("#sources .sources");

  function openTab(name) {
    const tabs = [...document.querySelectorAll("#evidence [role=tab]")];
    tabs.find((tab) => tab.textContent.trim() === name)?.click();
  }

  function reveal() {
    const panel = sources();
    if (!wanted || !panel || panel.dataset.exchange !== wanted.exchange) return;
    const marks = [...panel.querySelectorAll(`[data-citation~="${wanted.number}"]`)];
    if (!marks.length) return;
    wanted = null;
    for (const old of panel.querySelectorAll(".opened")) old.classList.remove("opened");
    for (const mark of marks) mark.classList.add("opened");
    marks[0].closest("details")?.setAttribute("open", "");
    whenShown(marks[0], () => {
      bringTo(marks[0], 0.3);
      marks[0].focus({ preventScroll: true });
    });
  }

  function whenShown(element, act, tries = 60) {
    if (element.offsetParent || !tries) act();
    else requestAnimationFrame(() => whenShown(element, act, tries - 1));
  }

  // Brings an element to a share of the height of the box that it scrolls in; the page itself moves only where that box
  // does not scroll, on a narrow screen.
  function bringTo(element, share) {
    let box = element.parentElement;
    while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) {
      box = box.parentElement;
    }
    if (!box || box === document.body || box === document.documentElement) {
      element.scrollIntoView({ block: share ? "center" : "start" });
      return;
    }
    const below = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += below - share * box.clientHeight;
    const { top, bottom } = box.getBoundingClientRect();
    if (top > innerHeight || bottom < 0) box.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#c-"]');
    if (link) {
      event.preventDefault();
      const [, exchange, number] = link.getAttribute("href").split("-");
      wanted = { exchange, number };
      cameFrom = link;
      openTab("Sources");
      reveal();
      return;
    }
    if (event.target.closest?.("[data-back]")) goBack();
    statement = event.target.closest?.("[data-statement]")?.dataset.statement ?? statement;
    const jump = event.target.closest?.('a[href^="#s-"]');
    if (jump) {
      event.preventDefault();
      document.getElementById(jump.getAttribute("href").slice(1))?.scrollIntoView({ block: "start" });
    }
  });

  // A click on a column's name sorts by it; another one turns the order around.
  document.addEventListener("click", (event) => {
    const head = event.target.closest?.("table.sortable th button")?.closest("th");
    if (!head) return;
    const table = head.closest("table");
    const turned = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", turned ? "descending" : "ascending");
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    const words = (row) => row.cells[head.cellIndex].textContent.trim();
    const rows = [...table.tBodies[0].rows].sort((one, other) => compare(words(one), words(other)));
    table.tBodies[0].append(...(turned ? rows.reverse() : rows));
  });

  // Back from the words of a marker to the marker.
  function goBack() {
    if (!cameFrom?.isConnected) return;
    if (cameFrom.closest("#who")) openTab("Who says what");
    if (cameFrom.closest("#timeline")) openTab("Timeline");
    whenShown(cameFrom, () => {
      bringTo(cameFrom, 0.5);
      cameFrom.focus({ preventScroll: true });
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sources()?.contains(document.activeElement)) goBack();
  });

  // A new question goes to the top of the conversation and stays there while its answer grows, so that the answer is
  // read from its beginning; whoever scrolls is left alone.
  function followQuestion() {
    const questions = document.querySelectorAll("#chat .message.user");
    if (questions.length > asked) following = true;
    asked = questions.length;
    if (following && asked) bringTo(questions[asked - 1], 0);
    if (document.querySelectorAll("#chat .status, #chat .note").length >= asked) following = false;
  }

  for (const touched of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(touched, () => (following = false), { passive: true });
  }

  // gradio names a message by its source; a reader of the screen is to hear what it is.
  function nameMessages() {
    for (const message of document.querySelectorAll('#chat [aria-label*="s message: "]')) {
      message.setAttribute("aria-label", message.dataset.testid === "user" ? "Question" : "Answer");
    }
  }

  new MutationObserver(() => {
    nameMessages();
    reveal();
    followQuestion();
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.rashomon = {
    // On a narrow screen the filters are put away, so that the page is seen; on a wide one the question can be typed.
    begin() {
      if (innerWidth <= NARROW) document.querySelector(".sidebar.open .toggle-button")?.click();
      else document.querySelector("#question textarea")?.focus({ preventScroll: true });
    },
    // Brings what was opened below other things into view; a statement that was asked for is marked in its article.
    show(selector) {
      const part = document.querySelector(selector);
      if (part) whenShown(part, () => part.scrollIntoView({ block: "nearest" }));
    },
    showArticle() {
      const view = document.querySelector("#article .article-view");
      if (!view) return;
      const marks = statement ? [...view.querySelectorAll(`[data-statement="${statement}"]`)] : [];
      for (const mark of marks) mark.classList.add("opened");
      statement = null;
      whenShown(view, () => (marks[0] ?? view).scrollIntoView({ block: marks.length ? "center" : "start" }));
    },
    save(name, type, text) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
    // Without a secure connection a page has no clipboard of its own, and copies what is selected.
    copy(text) {
      if (!text) return;
      if (navigator.clipboard) {
        navigator.clipboard.writeText(text);
        return;
      }
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    },
  };
})();
