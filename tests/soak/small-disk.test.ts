import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mountSmallDisk } from '../../soak/small-disk.ts'
import { recordKey } from '../../streams/state/record-key.ts'
import { StoreWriteError } from '../../streams/state/store-errors.ts'
import { openStore } from '../../streams/state/open-store.ts'

const metadata = { changelogId: 'x', changelogOffset: 1, writtenAt: 1 }
const records = (count: number, value: string) =>
  Array.from(
    { length: count },
    (_, index) => [recordKey(`c${index}`, 'kind', ''), Buffer.from(value.padEnd(1_000))] as const,
  )

let directory: string
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'small-disk-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a full disk: the store reports it, keeps what it held, can’t be opened, and continues when there is room', async () => {
  const disk = mountSmallDisk(join(directory, 'disk'), 4 << 20)
  // Without the right to mount, the soak campaign refuses writes in a process of its own instead.
  if (disk === undefined) return
  try {
    const at = join(disk.directory, 'store')
    const store = await openStore(at, '1:0')
    store.checkpoint(records(100, 'old'), metadata)
    disk.fill()
    expect(() => store.checkpoint(records(1_000, 'new'), metadata)).toThrow(StoreWriteError)
    expect(
      store
        .get(recordKey('c7', 'kind', ''))
        ?.toString()
        .trim(),
    ).toBe('old')
    await expect(openStore(join(disk.directory, 'other'), '2:0')).rejects.toThrow(StoreWriteError)
    disk.makeRoom()
    store.checkpoint(records(1_000, 'new'), metadata)
    await store.close()
    const again = await openStore(at, '1:1')
    expect(
      again
        .get(recordKey('c999', 'kind', ''))
        ?.toString()
        .trim(),
    ).toBe('new')
    await again.close()
  } finally {
    disk.remove()
  }
})
