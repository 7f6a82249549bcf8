import { markup, type Markup } from './markup.ts'
import { style } from './style.ts'

/** Builds a self-contained HTML file without scripts, external hosts or fonts. Equal input gives equal bytes. */
export function htmlPage(title: string, parts: readonly (Markup | null)[]): string {
  const { html } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${parts.map((part) => (part === null ? null : markup`${part}\n`))}</main>
</body>
</html>
`
  return html
}

/** Builds the head of a page: its title, a warning and a list of entries. */
export function pageHead(title: string, entries: readonly (Markup | null)[], warning?: string): Markup {
  return markup`<header><h1>${title}</h1>${warning === undefined ? null : markup`<p class="warning">${warning}</p>`}<dl>${entries}</dl></header>`
}

/** Builds an entry of the head; `null` if there is no description. */
export function entry(term: string, description: string | Markup | null): Markup | null {
  return description === null ? null : markup`<dt>${term}</dt><dd>${description}</dd>`
}

export function list(items: readonly string[]): Markup | null {
  return items.length === 0 ? null : markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`
}
