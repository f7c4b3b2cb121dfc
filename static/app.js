/* Small comforts on every page; everything works without them. */
(function () {
  "use strict";

  function say(text) {
    var box = document.getElementById("messages");
    if (!box) { return; }
    var line = document.createElement("p");
    line.className = "message message-error";
    line.textContent = text;
    box.appendChild(line);
    line.scrollIntoView({ block: "nearest" });
  }

  // A second press on a slow line must not send the form twice.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method === "get" || form.hasAttribute("data-again")) { return; }
    if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "1");
    window.setTimeout(function () { form.removeAttribute("data-sent"); }, 8000);
  });
  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-sent]"), function (form) {
      form.removeAttribute("data-sent");
    });
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); }
    Array.prototype.forEach.call(document.querySelectorAll("details.account[open]"), function (panel) {
      if (!panel.contains(event.target)) { panel.open = false; }
    });
  });

  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-auto]");
    if (form && !event.target.closest("[type=search], [type=text], [type=date]")) { form.requestSubmit(); }
  });

  // Several departments in one field: the list goes on offering names after each 、
  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.matches("[data-names=many]")) { return; }
    var list = document.getElementById(field.getAttribute("list") || "");
    if (!list) { return; }
    var before = field.value.slice(0, field.value.lastIndexOf("、") + 1);
    Array.prototype.forEach.call(list.options, function (option) {
      var name = option.getAttribute("data-name") || option.value;
      option.setAttribute("data-name", name);
      option.value = before.split("、").indexOf(name) < 0 ? before + name : before;
    });
  });

  // Words typed into a long form survive a lost session or a closed tab.
  function key(field) {
    return "luoshi:" + window.location.pathname + ":" + (field.form ? field.form.getAttribute("data-keep") : "") + ":" + field.name;
  }
  function recall() {
    var store = window.sessionStorage;
    if (document.querySelector(".message-success")) { // saved: nothing is left to keep
      Object.keys(store).forEach(function (name) { if (name.indexOf("luoshi:") === 0) { store.removeItem(name); } });
    }
    Array.prototype.forEach.call(document.querySelectorAll("form[data-keep] textarea"), function (field) {
      var kept = store.getItem(key(field));
      if (kept !== null && field.value === field.defaultValue) { field.value = kept; }
    });
  }
  document.addEventListener("input", function (event) {
    if (event.target.matches("form[data-keep] textarea")) {
      window.sessionStorage.setItem(key(event.target), event.target.value);
    }
  });
  document.addEventListener("DOMContentLoaded", recall);
  document.addEventListener("htmx:load", recall);

  document.addEventListener("htmx:responseError", function (event) {
    var code = event.detail.xhr.status;
    say(code === 403 ? "您没有权限做这件事，或登录已过期，请刷新页面后再试。"
      : code === 404 ? "内容已不存在，或不在您的可见范围内，请刷新页面。"
      : "系统出错，刚才的操作没有完成，请稍后再试。");
  });
  document.addEventListener("htmx:sendError", function () {
    say("连不上服务器，刚才的操作没有完成。请检查网络后再试，已填的内容仍在页面上。");
  });
})();
