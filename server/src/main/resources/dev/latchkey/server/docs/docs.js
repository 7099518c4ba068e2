// Shows the API description and switches between it and the token inspector.

const base = location.pathname.replace(/\/docs\/?$/, "");
const here = location.origin + base;

async function showApi() {
  const panel = document.getElementById("api");
  let spec;
  try {
    const answer = await fetch(base + "/openapi.json");
    if (!answer.ok) {
      throw new Error("HTTP " + answer.status);
    }
    spec = await answer.json();
  } catch (failure) {
    panel.textContent = "The API description cannot be read: " + failure.message;
    panel.classList.add("wrap");
    return;
  }
  // What is tried out goes to where this page came from, also when the issuer has another name.
  spec.servers = [{ url: here }];
  const login = spec.components.securitySchemes.login.flows.password;
  login.tokenUrl = here + "/login";
  login.refreshUrl = here + "/token";
  const ui = window.SwaggerUIBundle({
    spec,
    domNode: panel,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    displayRequestDuration: true,
    persistAuthorization: false,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    requestInterceptor: withoutEmptyClient,
  });
  ui.initOAuth({ scopes: Object.keys(login.scopes).join(" ") });
}

/** The login form sends Basic credentials also when its client fields are empty; nobody is meant by those. */
function withoutEmptyClient(request) {
  if (request.headers?.Authorization === "Basic Og==") {
    delete request.headers.Authorization;
  }
  return request;
}

const tabs = [...document.querySelectorAll('[role="tab"]')];

function select(tab, focus) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) {
    tab.focus();
  }
}

for (const tab of tabs) {
  tab.addEventListener("click", () => select(tab, false));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      select(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
    }
  });
}

if (location.hash === "#inspector") {
  select(document.getElementById("tab-inspector"), false);
}
showApi();
