/** Values that a file exports and no other file imports, found without a type checker. */
import ts from 'typescript'
import { isRelative, resolveImport } from './source-tree.ts'

interface Source {
  readonly path: string
  readonly text: string
}

/** All exports of a file: it is imported as a namespace, or by `import()`. */
const ALL = '*'

const parse = ({ path, text }: Source) =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    false,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )

function namesOf(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []))
}

function exportsOf(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement): string[] => {
    if (ts.isExportDeclaration(statement))
      return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.map(({ name }) => name.text)
        : []
    const flags = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []).map(({ kind }) => kind) : []
    // A default export is for a tool that loads the file by name. Types describe the parameters and results of the
    // file’s functions.
    if (!flags.includes(ts.SyntaxKind.ExportKeyword) || flags.includes(ts.SyntaxKind.DefaultKeyword)) return []
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name))
    const { name } = statement as { readonly name?: ts.Node }
    return name !== undefined && ts.isIdentifier(name) ? [name.text] : []
  })
}

/** Returns `[file, name]` of everything that a file imports from another one. */
function importsOf(file: ts.SourceFile): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  const take = (specifier: ts.Node, names: readonly string[]) => {
    if (!ts.isStringLiteralLike(specifier) || !isRelative(specifier.text)) return
    for (const name of names) found.push([resolveImport(file.fileName, specifier.text), name])
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings
      const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : []
      const names = named.map(({ name, propertyName }) => (propertyName ?? name).text)
      take(node.moduleSpecifier, bindings !== undefined && ts.isNamespaceImport(bindings) ? [ALL] : names)
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      const clause = node.exportClause
      const named = clause !== undefined && ts.isNamedExports(clause) ? clause.elements : undefined
      take(node.moduleSpecifier, named?.map(({ name, propertyName }) => (propertyName ?? name).text) ?? [ALL])
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      take(node.arguments[0]!, [ALL])
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) take(node.argument.literal, [ALL])
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Returns `file: name` of each export that no other file imports, in the order of the files. */
export function findDeadExports(sources: readonly Source[]): string[] {
  const files = sources.map(parse)
  const wanted = new Set(files.flatMap(importsOf).map(([path, name]) => `${path}: ${name}`))
  return files.flatMap((file) =>
    wanted.has(`${file.fileName}: ${ALL}`)
      ? []
      : exportsOf(file)
          .map((name) => `${file.fileName}: ${name}`)
          .filter((one) => !wanted.has(one)),
  )
}
