import { importerNamed, importers } from '../../importers/importers.ts'
import { imported, withData } from './data-set.ts'
import { hash } from 'node:crypto'

describe('importers', () => {
  it('have unique names, and state what they read under which licence', () => {
    expect(new Set(importers.map(({ name }) => name)).size).toBe(importers.length)
    for (const importer of importers) {
      expect(importerNamed(importer.name)).toBe(importer)
      expect(importer.description).toContain('→')
      expect(importer.licence).not.toBe('')
    }
    expect(importerNamed('absent')).toBeUndefined()
  })

  it.each(importers.map(({ name }) => name))('%s names a folder that is not there', async (name) => {
    await expect(imported(importerNamed(name)!, '/absent')).rejects.toThrow('/absent')
  })

  for (const name of ['cdnow', 'persuasion4good']) {
    withData(name, 'yields the same events each time', async (path) => {
      const once = async () => hash('sha256', JSON.stringify(await imported(importerNamed(name)!, path)))
      expect(await once()).toBe(await once())
    })
  }
})
