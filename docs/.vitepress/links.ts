import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const PROJECT = resolve(import.meta.dirname, '../..')

/** Matches links with a scheme, and links within the page. */
const ELSEWHERE = /^(?:[a-z][a-z\d+.-]*:|#)/i

type Token = ReturnType<MarkdownRenderer['parse']>[number]

/** A README is the index of its folder, so that a folder's address shows it as a forge does. */
export const addressOf = (path: string): string => path.replace(/(^|\/)README\.md$/, '$1index.md')

/**
 * Adapts the links of the documents, which are written for a forge, to the site. A link to a folder leads to its README.
 * A link to a file that is no page, such as a source file, becomes its text with the path, since the site stands without
 * the repository. Throws if the file does not exist.
 */
export function linksOfTheSite(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links-of-the-site', ({ tokens, env }) => {
    const { path } = env as { path: string }
    for (const token of tokens) if (token.children !== null) token.children = adapted(token.children, path)
  })
}

function adapted(tokens: readonly Token[], document: string): Token[] {
  let left: string | undefined
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') {
      const href = token.attrGet('href')!
      if (ELSEWHERE.test(href)) return [token]
      const page = pageOf(href, document)
      if (page !== undefined) {
        token.attrSet('href', page)
        return [token]
      }
      left = relative(PROJECT, targetOf(href, document))
      return []
    }
    if (token.type !== 'link_close' || left === undefined) return [token]
    const path = left
    left = undefined
    return tokens.some(({ content }) => content === path) ? [] : [pathAfter(token, path)]
  })
}

/** Returns the link to a page, or undefined for a file or folder that is none. */
function pageOf(href: string, document: string): string | undefined {
  const target = targetOf(href, document)
  if (!existsSync(target)) throw new Error(`${relative(PROJECT, document)} links to ${href}, which does not exist.`)
  const [path, anchor = ''] = href.split(/(?=#)/)
  if (!statSync(target).isDirectory()) return target.endsWith('.md') ? addressOf(path!) + anchor : undefined
  return existsSync(join(target, 'README.md')) ? `${path!.replace(/\/$/, '')}/index.md${anchor}` : undefined
}

const targetOf = (href: string, document: string): string =>
  resolve(dirname(document), decodeURIComponent(href.split('#')[0]!))

/** Makes a token with the path, to stand after the text of a link that is left out. */
function pathAfter(token: Token, path: string): Token {
  const after = Object.assign(Object.create(Object.getPrototypeOf(token) as object) as Token, token)
  return Object.assign(after, { type: 'html_inline', tag: '', nesting: 0, content: ` (<code v-pre>${path}</code>)` })
}
