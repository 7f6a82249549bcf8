import { crmMaven } from '../../importers/crm-maven.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Opportunity } from '../../schemas/visits/visits.ts'
import type { Organisation } from '../../schemas/recommendations/organisations.ts'
import { countsByTopic, dataFolder, eventsOf, imported, withData } from './data-set.ts'

const files = {
  'accounts.csv':
    'account,sector,year_established,revenue,employees,office_location,subsidiary_of\nCancity,retail,2001,718.62,2448,United States,\n',
  'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\n',
  'sales_teams.csv': 'sales_agent,manager,regional_office\nMoses Frase,Dustin Brinkmann,Central\n',
  'sales_pipeline.csv.gz': `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A,Moses Frase,GTXPro,Cancity,Lost,2016-10-20,2016-10-20,0
B,Moses Frase,GTXPro,Cancity,Won,2016-10-21,2017-03-01,4514
C,Moses Frase,GTX Pro,,Engaging,2016-11-03,,
D,Moses Frase,GTX Pro,Cancity,Prospecting,,,
`,
}

describe('crm_maven', () => {
  it('opens at the list price and closes at the price paid', async () => {
    const events = await imported(crmMaven, dataFolder(files))
    expect(countsByTopic(events)).toEqual({ organisations: 1, opportunities: 5, outcomes: 2 })
    expect(
      eventsOf<Opportunity>(events, 'opportunities').map(({ opportunityId, status, valueMinor }) => [
        opportunityId,
        status,
        valueMinor,
      ]),
    ).toEqual([
      ['A', 'open', 482_100],
      ['A', 'lost', 0],
      ['B', 'open', 482_100],
      ['C', 'open', 482_100],
      ['B', 'won', 451_400],
    ])
    const [lost] = eventsOf<Outcome>(events, 'outcomes')
    expect(lost).toMatchObject({
      subjectId: 'A',
      value: 0,
      occurredAt: Date.UTC(2016, 9, 21) - 1,
      asOf: Date.UTC(2016, 9, 21) - 2,
    })
    expect(eventsOf<Organisation>(events, 'organisations')[0]).toMatchObject({
      customerId: 'crm_maven-Cancity',
      employees: 2_448,
      occurredAt: Date.UTC(2016, 9, 20),
    })
    expect(eventsOf<Opportunity>(events, 'opportunities')[3]).toMatchObject({
      customerId: 'crm_maven-unnamed-C',
      teamId: 'Dustin Brinkmann',
    })
  })

  it.each([
    ['Moses Frase,GTXPro,Cancity,Won', 'Nobody,GTXPro,Cancity,Won', 'sales_agent is "Nobody"'],
    ['B,Moses Frase,GTXPro', 'B,Moses Frase,GTX Max', 'product is "GTX Max"'],
    ['Cancity,Lost', 'Cancity,Gone', 'deal_stage is "Gone"'],
  ])('refuses %s as %s', async (from, to, message) => {
    const broken = { ...files, 'sales_pipeline.csv.gz': files['sales_pipeline.csv.gz'].replace(from, to) }
    await expect(imported(crmMaven, dataFolder(broken))).rejects.toThrow(message)
  })

  withData('crm_maven', 'agrees with counts of the pipeline', async (path) => {
    const events = await imported(crmMaven, path)
    // 8,800 minus 500 that are only prospects; the 4,238 won and 2,473 lost ones have two events each.
    expect(countsByTopic(events)).toEqual({ organisations: 85, opportunities: 8_300 + 6_711, outcomes: 6_711 })
    expect(eventsOf<Outcome>(events, 'outcomes').reduce((sum, { value }) => sum + value, 0)).toBe(4_238)
  })
})
