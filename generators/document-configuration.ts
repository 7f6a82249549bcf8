import { writeFileSync } from 'node:fs'
import { variables } from '../config.ts'

/** Returns docs/configuration.md, from the definition of the variables in config.ts. */
export function configurationPage(): string {
  const required = new Set<string>(variables.required)
  const lines = Object.entries(variables.properties).map(([name, property]) => {
    const { description = '', default: fallback } = property as { description?: string; default?: unknown }
    const shown =
      fallback === undefined || fallback === '' ? (required.has(name) ? 'empty' : 'not set') : `\`${String(fallback)}\``
    return `| \`${name}\` | ${shown} | ${description} |`
  })
  return [
    '# Configuration',
    '',
    'Environment variables, read once at startup. Invalid values prevent the start; all of them are reported at once. Written by `node generators/document-configuration.ts`.',
    '',
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationPage())
