/** Checks what is on the page with axe-core: names of fields, contrast, roles, headings. */
import axe from 'axe-core'
import type { OpenPage } from './open-page.ts'

export async function expectAccessible({ page }: OpenPage): Promise<void> {
  await page.evaluate(axe.source)
  const broken = await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(
      ({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 200)).join(' ')))`,
  )
  expect(broken).toEqual([])
}
