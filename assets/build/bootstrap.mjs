import { readFile } from "node:fs/promises";
import path from "node:path";

// Classes that pages may use besides utilities; everything else of Bootstrap stays out.
const PART =
  /^(?:form-(?:control|select|check|label|text)(?:-.+)?|input-group(?:-text)?|btn(?:-(?:primary|outline-primary|link|sm|lg|check|group))?|is-invalid|invalid-feedback|pagination|page-(?:item|link)|breadcrumb(?:-item)?|visually-hidden(?:-focusable)?|active|disabled|show|has-validation)$/;
// Utilities: spacing, display, flex and text, at every width and from sm, md and lg.
const UTILITY =
  /^(?:[mp][tbsexy]?-(?:(?:sm|md|lg)-)?(?:\d|auto)|d-(?:(?:sm|md|lg)-)?(?:none|block|inline|inline-block|flex|inline-flex|grid)|flex-(?:(?:sm|md|lg)-)?(?:row|column|wrap|nowrap|fill|grow-[01]|shrink-[01])|(?:justify-content|align-items|align-self|order)-(?:(?:sm|md|lg)-)?[a-z]+|gap-\d|text-(?:start|end|center|nowrap|wrap|break|decoration-none)|fw-(?:normal|medium|semibold|bold)|w-(?:100|auto)|list-unstyled)$/;

function isWanted(name) {
  return PART.test(name) || UTILITY.test(name);
}

/** Splits CSS text into [head, body] pairs of its outermost blocks. Bootstrap has no strings with braces. */
function* blocks(css) {
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let i = 0; i < css.length; i += 1) {
    if (css[i] === "{" && (depth += 1) === 1) open = i;
    else if (css[i] === "}" && (depth -= 1) === 0) {
      yield [css.slice(start, open).trim(), css.slice(open + 1, i)];
      start = i + 1;
    }
  }
}

function keep(css) {
  let out = "";
  for (const [head, body] of blocks(css)) {
    if (head.startsWith("@media")) {
      const inner = keep(body);
      if (inner) out += `${head}{${inner}}`;
    } else if (!head.startsWith("@")) {
      const selectors = head.split(/,(?![^(]*\))/).filter((selector) =>
        [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].every(([, name]) => isWanted(name)),
      );
      if (selectors.length) out += `${selectors.join(",")}{${body}}`;
    }
  }
  return out;
}

/** Resolves `bootstrap-parts` to the rules of Bootstrap that pages use: reboot, forms, buttons and the families above. */
export function bootstrapParts(packages) {
  return {
    name: "bootstrap-parts",
    setup(builder) {
      builder.onResolve({ filter: /^bootstrap-parts$/ }, () => ({ path: "bootstrap-parts", namespace: "parts" }));
      builder.onLoad({ filter: /.*/, namespace: "parts" }, async () => {
        const css = await readFile(path.join(packages, "bootstrap", "dist", "css", "bootstrap.css"), "utf8");
        return { contents: keep(css.replace(/@charset[^;]*;|\/\*[\s\S]*?\*\//g, "")), loader: "css" };
      });
    },
  };
}
