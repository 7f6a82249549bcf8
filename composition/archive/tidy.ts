import type { ObjectStore } from '../../files/objects/object-store.ts'
import { parseManifestName, parseSegmentManifest, recordsName } from './segment.ts'

/**
 * Removes records that no manifest names: a process was killed between the two. Nothing else may write to the store
 * meanwhile.
 */
export async function removeOrphans(store: ObjectStore): Promise<number> {
  const names = await store.list('topics/')
  const manifests = new Set(names.filter((name) => parseManifestName(name) !== undefined))
  const bySegment = Map.groupBy(
    names.filter((name) => name.endsWith('.zst')),
    (name) => name.replace(/\.[0-9a-f]+\.zst$/, '.json'),
  )
  let removed = 0
  for (const [manifest, records] of bySegment) {
    const isNamed = manifests.has(manifest)
    if (isNamed && records.length === 1) continue
    const bytes = isNamed ? await store.get(manifest) : undefined
    const named = bytes === undefined ? undefined : recordsName(parseSegmentManifest(bytes, store.whereIs(manifest)))
    for (const name of records.filter((one) => one !== named)) {
      await store.remove(name)
      removed++
    }
  }
  return removed
}
