import type { Server } from './server.ts'

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly description?: string
  }[]
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>
}

interface Line extends Operation {
  readonly method: string
  readonly path: string
}

/**
 * The description of the API for people, made from /openapi.json: every path, what it takes and how it may end. No
 * script, no other host.
 */
export function docsRoutes(server: Server): void {
  let page: string | undefined
  server.get('/docs', { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send((page ??= pageOf(server.swagger() as unknown as Description))),
  )
  server.get('/docs.css', { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  )
}

interface Description {
  readonly info: { readonly title: string; readonly description?: string }
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

function pageOf({ info, tags = [], paths }: Description): string {
  const lines = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Line => ({
      method: method.toUpperCase(),
      path,
      ...operation,
    })),
  )
  const sections = tags.map(({ name, description = '' }) => {
    const own = lines.filter((line) => line.tags?.includes(name))
    return `<section><h2>${escaped(name)}</h2><p>${escaped(description)}</p>${own.map(lineOf).join('')}</section>`
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)}: API</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/docs.css"></head>
<body><h1>${escaped(info.title)}: API</h1><p>${escaped(info.description ?? '')}</p>
<p>The same for programs: <a href="/openapi.json">openapi.json</a>. Failures: <a href="/problems">problems</a>. <a href="/">The page</a>.</p>
${sections.join('\n')}</body></html>`
}

function lineOf({ method, path, summary = '', description = '', parameters = [], responses = {} }: Line): string {
  const given = parameters.map(
    ({ name, in: place, required, description: words = '' }) =>
      `<li><code>${escaped(name)}</code> <small>${escaped(place)}${required === true ? ', needed' : ''}</small> ${escaped(words)}</li>`,
  )
  const ends = Object.entries(responses).map(
    ([status, { description: words = '' }]) => `<li><code>${status}</code> ${escaped(words)}</li>`,
  )
  return `<details><summary><code class="${method.toLowerCase()}">${method}</code> <code>${escaped(path)}</code> ${escaped(summary)}</summary>
<p>${escaped(description)}</p>${given.length > 0 ? `<ul>${given.join('')}</ul>` : ''}<ul>${ends.join('')}</ul></details>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 900px; margin: 32px auto; padding: 0 20px; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 24px; } h2 { margin: 32px 0 4px; font-size: 17px; text-transform: capitalize; }
section > p, small { opacity: 0.7; margin: 0 0 8px; }
details { border-top: 1px solid color-mix(in srgb, currentcolor 15%, transparent); padding: 6px 0; }
summary { cursor: pointer; } code { font: 13px ui-monospace, monospace; }
.get { color: #0f766e; } .post { color: #8a5a00; } .put { color: #7c3aed; }
`
