import { markup, type Markup } from './markup.ts'

export function section(title: string, explanation: string, body: Markup): Markup {
  return markup`<section><h2>${title}</h2><p class="soft">${explanation}</p>${body}</section>`
}

/** Builds a chart with its heading above and its numbers below. */
export function figure(heading: string, body: Markup, numbers: Markup | null = null): Markup {
  return markup`<figure><figcaption>${heading}</figcaption>${body}${numbers}</figure>`
}
