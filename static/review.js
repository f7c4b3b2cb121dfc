/* The review page: a sentence and its card show each other; selected text becomes a draft. Works without. */
(function () {
  "use strict";

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function show(pk, scroll) {
    each(".is-current", function (node) { node.classList.remove("is-current"); });
    each('[data-draft="' + pk + '"]', function (node) { node.classList.add("is-current"); });
    if (!scroll) { return; }
    var node = document.querySelector(scroll + '[data-draft="' + pk + '"]');
    if (node) { node.scrollIntoView({ block: "center" }); }
  }

  function length(text) {
    return Array.from(text).length; // code points, as the server counts
  }

  function place(node, offset) {
    var element = node.nodeType === 3 ? node.parentNode : node;
    var paragraph = element.closest ? element.closest("[data-start]") : null;
    if (!paragraph) { return null; }
    var range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, offset);
    return Number(paragraph.getAttribute("data-start")) + length(range.toString());
  }

  function selected() {
    var selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) { return null; }
    var range = selection.getRangeAt(0);
    var start = place(range.startContainer, range.startOffset);
    var end = place(range.endContainer, range.endOffset);
    return start !== null && end !== null && end > start ? { start: start, end: end } : null;
  }

  function offer() {
    var form = document.getElementById("add-selected");
    if (!form) { return; }
    var found = selected();
    if (!found && form.contains(document.activeElement)) { return; }
    form.hidden = !found;
    if (!found) { return; }
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
  }

  document.addEventListener("selectionchange", offer);

  document.addEventListener("click", function (event) {
    var mark = event.target.closest("mark[data-draft]");
    if (mark) { show(mark.getAttribute("data-draft"), ".draft"); return; }
    var card = event.target.closest(".draft[data-draft]");
    if (card && !event.target.closest("a, button, input, select, textarea, summary, label")) {
      show(card.getAttribute("data-draft"), "mark");
    }
  });

  document.addEventListener("mouseover", function (event) {
    var node = event.target.closest("[data-draft]");
    if (node) { show(node.getAttribute("data-draft"), ""); }
  });

  document.addEventListener("focusin", function (event) {
    var card = event.target.closest(".draft[data-draft]");
    if (card) { show(card.getAttribute("data-draft"), ""); }
  });

  // A swap of the workspace must not lose the reader's place in either pane.
  var scrolled = {};
  document.addEventListener("htmx:beforeSwap", function () {
    each(".split-text, .split-side", function (pane) { scrolled[pane.className] = pane.scrollTop; });
  });
  document.addEventListener("htmx:afterSwap", function () {
    each(".split-text, .split-side", function (pane) { pane.scrollTop = scrolled[pane.className] || pane.scrollTop; });
    // Whoever works with the keyboard stands before the way back, not at the head of the page.
    var aside = document.querySelector("[data-put-aside]");
    if (aside) { aside.focus({ preventScroll: true }); }
  });

  var asked = /[?&]d=(\d+)/.exec(window.location.search);
  if (asked) { show(asked[1], "mark"); show(asked[1], ".draft"); }
})();
