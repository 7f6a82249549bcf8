import type { MarkdownRenderer } from 'vitepress'

/** Shows double braces in the text and in inline code as they are, where Vue would evaluate them. */
export function plainBraces(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('plain-braces', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? []))
      if (token.type === 'code_inline') token.attrSet('v-pre', '')
  })
  const text = markdown.renderer.rules.text!
  markdown.renderer.rules.text = (...drawn) => text(...drawn).replaceAll('{{', '&#123;&#123;')
}
