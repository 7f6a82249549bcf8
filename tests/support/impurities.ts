/**
 * Finds what makes a file impure: clocks, randomness, the process, timers, the network, promises, Node’s own modules.
 */
import ts from 'typescript'

const FORBIDDEN_NAMES = new Set([
  'process',
  'console',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
])
const FORBIDDEN_MEMBERS = new Set(['Date.now', 'Math.random'])

/** Whether the name refers to the global, and is neither a property name nor a key. */
const isReference = (node: ts.Identifier): boolean => {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent))
    return parent.name !== node
  return !ts.isQualifiedName(parent)
}

const describeImpurity = (node: ts.Node): string | undefined => {
  if (ts.isIdentifier(node) && FORBIDDEN_NAMES.has(node.text) && isReference(node)) return node.text
  if (ts.isPropertyAccessExpression(node) && FORBIDDEN_MEMBERS.has(node.getText())) return node.getText()
  // With an argument, the constructor only computes; without one it reads the clock.
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) return 'async'
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return 'for await'
  if (ts.isStringLiteral(node) && node.text.startsWith('node:')) return node.text
  return undefined
}

/** Returns `line: what` for each impurity. */
export const findImpurities = (path: string, text: string): string[] => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const impurity = describeImpurity(node)
    if (impurity !== undefined)
      found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${impurity}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
