import type { LookupAddress } from 'node:dns'
import { addressFault, checkedLookup, networkFault, targetFault } from '../../../deliveries/webhook/targets.ts'

const nothing = { networks: [], http: false }

test.each([
  '127.0.0.1',
  '127.8.9.1',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fc00::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
])('%s is not reached', (address) => expect(addressFault(address, nothing)).toContain('DELIVERY_ALLOW_PRIVATE'))

test.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111'])('%s is public', (address) =>
  expect(addressFault(address, nothing)).toBeUndefined(),
)

test('networks and single addresses that are named are reached, and only they', () => {
  const allowed = { networks: ['10.1.0.0/16', '::1', '127.0.0.1'], http: false }
  for (const address of ['10.1.2.3', '::1', '127.0.0.1', '::ffff:10.1.2.3'])
    expect(addressFault(address, allowed)).toBeUndefined()
  for (const address of ['10.2.0.1', '::2', '127.0.0.2']) expect(addressFault(address, allowed)).toBeDefined()
  expect(['10.1.0.0/16', '::1', 'fe80::/10'].map(networkFault)).toEqual([undefined, undefined, undefined])
  for (const wrong of ['10.1.0.0/99', 'intranet', '']) expect(networkFault(wrong)).toBeDefined()
})

// Spellings of 127.0.0.1 and similar addresses in URLs, none of which needs a name lookup.
test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
])('%s is refused before anything is asked', (url) => expect(targetFault(url, nothing)).toBeDefined())

test('http is refused unless it is allowed', () => {
  expect(targetFault('http://example.com/', nothing)).toContain('DELIVERY_ALLOW_HTTP')
  expect(targetFault('http://example.com/', { networks: [], http: true })).toBeUndefined()
  expect(targetFault('https://example.com/', nothing)).toBeUndefined()
})

describe('a name', () => {
  const looked = (addresses: readonly LookupAddress[], all = true) =>
    new Promise<unknown>((resolve) => {
      const answer = ((_: string, _options: object, done: (error: null, found: readonly LookupAddress[]) => void) =>
        done(null, addresses)) as never
      checkedLookup(nothing, answer)('example.com', { all }, (error, found) => resolve(error?.message ?? found))
    })
  const open: LookupAddress = { address: '8.8.8.8', family: 4 }

  test('returns the checked addresses', async () => {
    expect(await looked([open])).toEqual([open])
    expect(await looked([open], false)).toBe('8.8.8.8')
  })

  test('that resolves to a private address, even beside a public one, is refused at that connection', async () => {
    expect(await looked([{ address: '127.0.0.1', family: 4 }])).toContain('127.0.0.1')
    expect(await looked([open, { address: '::1', family: 6 }])).toContain('::1')
  })
})
