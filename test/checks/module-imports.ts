import { parseSync } from "vite";

/** One place where a module names another. */
export interface ModuleImport {
  readonly specifier: string;
  /** `type`: gone when the program runs (`import { type A }` is not: it still loads the module); `dynamic`: `import()`, `require()` or `import.meta.resolve()`. */
  readonly kind: "value" | "type" | "dynamic";
}

/** What the checks want to know of one TypeScript or JavaScript file. */
export interface ParsedModule {
  readonly imports: readonly ModuleImport[];
  /** Statements that are not `export ... from "..."`, by their kind. */
  readonly otherStatements: readonly string[];
  /** Global names of Node that the file uses (`process`, `Buffer`, ...) without declaring them. */
  readonly nodeGlobals: readonly string[];
}

interface AstNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

const NODE_GLOBALS: ReadonlySet<string> = new Set(["process", "Buffer", "require", "__dirname", "__filename"]);

/** Parses a file; the name tells TypeScript from JavaScript. */
export function parseModule(file: string, text: string): ParsedModule {
  const parsed = parseSync(file, text);
  const error = parsed.errors[0];
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const imports: ModuleImport[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();
  for (const node of nodesOf(parsed.program)) {
    switch (node.type) {
      case "ImportDeclaration":
        push(node.source, node.importKind === "type" ? "type" : "value");
        break;
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        push(node.source, node.exportKind === "type" ? "type" : "value");
        break;
      case "TSImportType":
        push(node.source, "type");
        break;
      case "ImportExpression":
        push(node.source, "dynamic");
        break;
      case "CallExpression":
        if (loads(node.callee) && Array.isArray(node.arguments)) push(node.arguments[0], "dynamic");
        useGlobal(node.callee);
        break;
      case "MemberExpression":
        useGlobal(node.object);
        break;
      case "VariableDeclarator":
        declare(node.id);
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        if (Array.isArray(node.params)) node.params.forEach(declare);
        break;
    }
  }
  const otherStatements: string[] = [];
  const body: readonly unknown[] = parsed.program.body;
  for (const statement of body.filter(isNode)) {
    const isReExport = statement.type.startsWith("Export") && isNode(statement.source);
    if (!isReExport) otherStatements.push(statement.type);
  }
  const nodeGlobals = [...used].filter((name) => !declared.has(name)).sort();
  return { imports, otherStatements, nodeGlobals };

  function push(source: unknown, kind: ModuleImport["kind"]): void {
    const specifier = literalText(source);
    if (specifier !== undefined) imports.push({ specifier, kind });
  }
  function useGlobal(node: unknown): void {
    if (isNode(node) && node.type === "Identifier" && NODE_GLOBALS.has(String(node.name))) {
      used.add(String(node.name));
    }
  }
  function declare(node: unknown): void {
    if (isNode(node) && node.type === "Identifier") declared.add(String(node.name));
  }
}

function* nodesOf(value: unknown): Generator<AstNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesOf(item);
  } else if (typeof value === "object" && value !== null) {
    if (isNode(value)) yield value;
    for (const child of Object.values(value)) yield* nodesOf(child);
  }
}

function isNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The text of a string literal, or of a template without expressions. */
function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis) || node.quasis.length !== 1) return undefined;
  const value: unknown = node.quasis[0]?.value?.cooked;
  return typeof value === "string" ? value : undefined;
}

/** Is this the callee of `require(x)`, `require.resolve(x)`, `import.meta.resolve(x)` or `vi.mock(x)`? */
function loads(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === "Identifier") return callee.name === "require";
  const { object, property } = callee;
  if (callee.type !== "MemberExpression" || !isNode(object) || !isNode(property)) return false;
  if (property.name === "resolve") return object.type === "MetaProperty" || object.name === "require";
  return object.name === "vi" && (property.name === "mock" || property.name === "doMock");
}
