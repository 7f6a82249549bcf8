import { cdnow } from '../../importers/cdnow.ts'
import type { Purchase } from '../../schemas/customers/banking.ts'
import { dataFolder, eventsOf, imported, withData } from './data-set.ts'

const fixture = 'Id,Date,CDs,Price\n1,1997-01-18,2,29.73\n1,1997-08-02,1,14.96\n10,1997-01-01,2,30.32\n'

describe('cdnow', () => {
  it('sorts the purchases by day and numbers those of a customer', async () => {
    const purchases = eventsOf<Purchase>(
      await imported(cdnow, dataFolder({ 'cdnow_sample.csv': fixture })),
      'purchases',
    )
    expect(purchases.map(({ id, quantity, amountMinor }) => [id, quantity, amountMinor])).toEqual([
      ['cdnow-10-1', 2, 3_032],
      ['cdnow-1-1', 2, 2_973],
      ['cdnow-1-2', 1, 1_496],
    ])
    expect(purchases[1]!.occurredAt).toBe(Date.UTC(1997, 0, 18))
  })

  withData('cdnow', 'has the 6,696 purchases of 2,357 customers, and their sum', async (path) => {
    const purchases = eventsOf<Purchase>(await imported(cdnow, path), 'purchases')
    expect(purchases).toHaveLength(6_696)
    expect(new Set(purchases.map(({ customerId }) => customerId)).size).toBe(2_357)
    expect(purchases.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(24_409_194)
  })
})
