// What the module does on each page. Whatever fails here, the page goes on working without it.

const form = document.getElementById("f");

if (form) {
  // The survey: its steps, its draft.
}
