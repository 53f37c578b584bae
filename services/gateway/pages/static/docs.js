"use strict";
window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#documentation",
  deepLinking: true,
  persistAuthorization: true,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  requestSnippetsEnabled: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  // Whoever pastes "Bearer abc" into the Authorize dialogue means abc.
  requestInterceptor: (request) => {
    const sent = request.headers.Authorization;
    if (sent) request.headers.Authorization = sent.replace(/^Bearer\s+Bearer\s+/i, "Bearer ").trim();
    return request;
  },
});
