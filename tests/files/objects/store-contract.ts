import { writeFileSync } from 'node:fs'
import type { ObjectStore } from '../../../files/objects/object-store.ts'

/** What every store of objects promises. The store must be empty. */
export function keepsObjects(open: () => ObjectStore): void {
  test('an object comes back, is listed by its folder, and is gone when it is removed', async () => {
    const store = open()
    expect(await store.list('topics/')).toEqual([])
    expect(await store.has('topics/a/2.zst')).toBe(false)
    await store.put('topics/b/1.zst', Buffer.from('one'))
    await store.put('topics/a/2.zst', Buffer.from('two'))
    await store.put('topics/ab.zst', Buffer.from('beside the folder'))
    await store.put('erasures.json', Buffer.from('three'))
    await store.put('topics/a/2.zst', Buffer.from('again'))
    expect(await store.list('topics/')).toEqual(['topics/a/2.zst', 'topics/ab.zst', 'topics/b/1.zst'])
    expect(await store.list('topics/a/')).toEqual(['topics/a/2.zst'])
    expect(String(await store.get('topics/a/2.zst'))).toBe('again')
    expect(await store.has('topics/a/2.zst')).toBe(true)
    await store.remove('topics/a/2.zst')
    await store.remove('topics/a/2.zst')
    expect(await store.get('topics/a/2.zst')).toBeUndefined()
    expect(await store.list('topics/a/')).toEqual([])
  })

  test('any bytes and any name come back', async () => {
    const store = open()
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256))
    for (const name of ['any/客户 день=2026-03-02/a+b%20&c.bin', 'any/empty']) {
      const content = name === 'any/empty' ? Buffer.alloc(0) : bytes
      await store.put(name, content)
      expect(Buffer.compare((await store.get(name))!, content)).toBe(0)
      expect(await store.list('any/')).toContain(name)
    }
  })

  test('a list has all names, however many', async () => {
    const store = open()
    const names = Array.from({ length: 1_005 }, (_, index) => `many/${String(index).padStart(4, '0')}`)
    for (let from = 0; from < names.length; from += 50)
      await Promise.all(names.slice(from, from + 50).map((name) => store.put(name, Buffer.from(name))))
    expect(await store.list('many/')).toEqual(names)
  }, 120_000)

  test('a written file is stored, and nothing if writing it fails', async () => {
    const store = open()
    const rows = await store.putFile('files/one', (path) => {
      writeFileSync(path, 'rows')
      return Promise.resolve(4)
    })
    expect([rows, String(await store.get('files/one'))]).toEqual([4, 'rows'])
    const failing = store.putFile('files/two', (path) => {
      writeFileSync(path, 'hal')
      return Promise.reject(new Error('The disk is full.'))
    })
    await expect(failing).rejects.toThrow('The disk is full.')
    expect(await store.list('files/')).toEqual(['files/one'])
    await store.tidy()
    expect(await store.list('files/')).toEqual(['files/one'])
  })
}
