"use strict";
Redoc.init(
  "/openapi.json",
  {
    hideDownloadButton: false,
    expandResponses: "200,201",
    pathInMiddlePanel: true,
    theme: {
      typography: {
        fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
        headings: { fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" },
        code: { fontFamily: "ui-monospace, Consolas, monospace" },
      },
    },
  },
  document.getElementById("reference"),
);
