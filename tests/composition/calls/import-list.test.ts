import { importList, type ImportCounts, type ListImport } from '../../../composition/calls/import-list.ts'
import type { CommandContext } from '../../../composition/context.ts'
import { campaignSetting } from '../../../processors/calls/contact/campaign-setting.ts'
import { campaignQueue } from '../../../schemas/calls/campaign-queue.ts'
import { setSetting } from '../../../store/versioned-settings.ts'
import { fileOf } from '../../files/scratch.ts'
import { queuedEntry } from '../../api/calls/queued-entry.ts'
import { put, storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()
const here = {
  config: {},
  log: () => {},
  print: () => {},
  stopped: new AbortController().signal,
} as unknown as CommandContext

beforeEach(async () => {
  const value = {
    description: 'Loans',
    purpose: 'marketing',
    channel: 'call',
    jurisdiction: 'cn',
    state: 'draft',
    pacing: 'progressive',
    order: 'expected-value',
    product: null,
  } as const
  await setSetting(store.database, campaignSetting, { key: 'spring', value, expectedVersion: 0, changedBy: 'li' })
  const entry = queuedEntry('autumn', 'c2')
  await put(store.database, campaignQueue, [entry, { ...entry, campaign: 'winter', state: 'done' }])
})

async function imported(content: string, options: Partial<ListImport> = {}) {
  const refused: Record<number, string> = {}
  const counts: ImportCounts = await importList(here, store.database, fileOf(content, 'list.csv'), {
    ...{ campaign: 'spring', region: 'CN', dryRun: true },
    refuse: (line, problem) => void (refused[line] = problem),
    ...options,
  })
  return { counts, refused }
}

test('faulty lines are reported, and the others are imported', async () => {
  const { counts, refused } = await imported(
    [
      'customerId,phone,value,notBefore',
      'c1,021 1234 5678,10,2026-03-01T09:00:00+08:00',
      'c2,(021) 1234-5678,,',
      'c1,,,',
      ',021 1234 5678,,',
      'c3,12,,',
      'c4,,"1.234,50",',
      'c5,,-3,',
      'c6,,,tomorrow',
    ].join('\n'),
  )
  expect(counts).toEqual({
    ...{ lines: 8, taken: 2, refused: 5, repeated: 1, samePhone: 1, onOtherLists: { autumn: 1 } },
  })
  expect(refused).toEqual({
    5: expect.stringContaining('customerId') as unknown,
    6: 'phone "12" is no telephone number of CN',
    7: expect.stringContaining('value: It is "1.234,50"') as unknown,
    8: expect.stringContaining('value: It is ') as unknown,
    9: expect.stringContaining('notBefore: It is "tomorrow"') as unknown,
  })
})

test('customers who are on another campaign’s list can be left out', async () => {
  const { counts } = await imported('customerId\nc1\nc2\n', { skipListed: true })
  expect(counts).toMatchObject({ taken: 1, onOtherLists: { autumn: 1 } })
})

test('without its campaign no list is read', async () =>
  expect(imported('customerId\nc1\n', { campaign: 'none' })).rejects.toThrow('There is no campaign none: PUT'))
