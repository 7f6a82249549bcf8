/** Finds the texts that the page’s components show, in their syntax trees. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export const PAGE = join(import.meta.dirname, '../../../../dashboard/src')

export interface SourceFile {
  readonly path: string
  readonly tree: ts.SourceFile
}

/** Returns the files of the page, without generated types and the texts themselves. */
export function pageFiles(): SourceFile[] {
  return readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && path !== 'api-types.ts' && !/^words\/(en|ru|zh)\//.test(path))
    .map((path) => parseFile(path, readFileSync(join(PAGE, path), 'utf8')))
}

export function parseFile(path: string, text: string): SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) }
}

/** Attributes that people see or hear. */
const SHOWN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'caption', 'backText', 'about'])
/** Elements whose contents are code or keys, which are the same in every language. */
const SAME = new Set(['code', 'kbd'])

const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text)

/**
 * Returns the texts that are written in a component instead of being taken from the words: contents of elements, visible
 * attributes, and any text of several words.
 */
export function literalTexts({ tree }: SourceFile): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) && SAME.has(node.openingElement.tagName.getText(tree))) return
    const text = textOf(node)
    if (text !== undefined && hasWord(text) && isShown(node, text, tree)) found.push(text.trim())
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isJsxText(node) || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
}

function isShown(node: ts.Node, text: string, tree: ts.SourceFile): boolean {
  if (ts.isJsxText(node)) return true
  if (ts.isImportDeclaration(node.parent) || ts.isLiteralTypeNode(node.parent)) return false
  const attribute = ts.findAncestor(node, ts.isJsxAttribute)
  const name = attribute?.name.getText(tree)
  if (attribute?.initializer === node && SHOWN.has(name!)) return true
  if (name !== undefined && !SHOWN.has(name)) return false
  return /\p{L}{2,}[,.:!?]? \p{L}{2,}/u.test(text) && !/^[a-z]+:not|^input/.test(text)
}

/** Returns the keys that a file passes to `t` or `rich`, or holds in a table of keys. */
export function keysUsed({ tree }: SourceFile, isKey: (text: string) => boolean): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && isKey(node.text)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}
