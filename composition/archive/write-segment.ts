import type { ObjectStore } from '../../files/objects/object-store.ts'
import {
  buildSegment,
  formatSegmentManifest,
  manifestName,
  recordsName,
  type SegmentContent,
  type SegmentManifest,
} from './segment.ts'

/** Writes a segment, records first: without its manifest, it is not part of the archive. */
export async function writeSegment(
  store: ObjectStore,
  content: SegmentContent,
  frames: readonly Buffer[],
): Promise<SegmentManifest> {
  const { manifest, bytes } = await buildSegment(content, frames)
  await store.put(recordsName(manifest), bytes)
  await store.put(manifestName(manifest), formatSegmentManifest(manifest))
  return manifest
}

/** Removes a segment, manifest first. */
export async function removeSegment(store: ObjectStore, manifest: SegmentManifest): Promise<void> {
  await store.remove(manifestName(manifest))
  await store.remove(recordsName(manifest))
}
