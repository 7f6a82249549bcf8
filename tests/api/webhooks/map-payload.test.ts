/** Payloads of three CRMs, as their systems write them, through the example mappings. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTopicsOf } from '../../../api/events/open-topics.ts'
import { mapBody } from '../../../api/webhooks/map-payload.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { topics } from '../../../subjects/subjects.ts'
import { compileMapping } from '../../../webhooks/mapping/compile-mapping.ts'

const FORM = 'application/x-www-form-urlencoded'
const now = Date.UTC(2024, 4, 1, 12)
const example = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../../examples/mappings/${name}.jsonata`), 'utf8')

async function mapped(mapping: string, body: object | string, contentType = 'application/json', deliveryId = 'd') {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const { events, problems } = await mapBody(contentType, bytes, {
    ...{ topics: openTopicsOf(topics), registry: releasedRegistry, source: 'crm', deliveryId, now },
    mapping: compileMapping(mapping),
  })
  return { events: events.map(({ topic, event }) => ({ topic: topic.name, ...event })), problems }
}

describe('HubSpot', () => {
  const change = (changes: object) => ({
    ...{ eventId: 100, subscriptionId: 138, portalId: 33, appId: 1160452, occurredAt: 1714557600123 },
    ...{ subscriptionType: 'contact.propertyChange', attemptNumber: 0, objectId: 123, changeSource: 'CRM' },
    ...changes,
  })
  const opened = change({ propertyName: 'email_opened', propertyValue: 'Spring rates' })
  const consent = change({ propertyName: 'consent_calls', propertyValue: 'false', objectId: 9007199254 })
  const batch = [opened, consent, change({ subscriptionType: 'contact.creation', propertyName: null })]

  test('a batch gives events of several topics, and what is of no interest gives none', async () => {
    const { events, problems } = await mapped(example('hubspot'), batch)
    expect(problems).toEqual([])
    expect(events).toMatchObject([
      {
        topic: 'interactions',
        customerId: 'hubspot-123',
        kind: 'mail_opened',
        occurredAt: 1714557600123,
        source: 'crm',
      },
      { topic: 'contact-permissions', customerId: 'hubspot-9007199254', kind: 'consent-withdrawn' },
    ])
    expect(await mapped(example('hubspot'), [batch[2]!])).toEqual({ events: [], problems: [] })
  })

  test('a retry in another batch has the same ids', async () => {
    const again = [
      { ...consent, attemptNumber: 1 },
      { ...opened, attemptNumber: 1 },
    ]
    const ids = async (body: object, delivery: string) =>
      (await mapped(example('hubspot'), body, 'application/json', delivery)).events.map(({ id }) => id).sort()
    expect(await ids(again, 'd2')).toEqual(await ids(batch, 'd1'))
  })

  test('one bad change does not stop the others', async () => {
    const { events, problems } = await mapped(example('hubspot'), [opened, { ...consent, propertyValue: 'perhaps' }])
    expect(events).toHaveLength(1)
    expect(problems).toMatchObject([{ index: 1, topic: 'contact-permissions', path: '/kind' }])
  })
})

describe('Salesforce', () => {
  const record = {
    ...{ Id: '006Hp00001ABCdeIAG', AccountId: '001Hp00002XYZabIAH', OwnerId: '005Hp00000QRStuIAJ', IsDeleted: 'false' },
    ...{ StageName: 'Negotiation', Amount: '125000.5', CurrencyIsoCode: 'USD', CloseDate: '2024-06-30' },
    ...{ Product__c: null, SystemModstamp: '2024-05-01T10:00:00.000+0000' },
  }
  const body = (changes: object) => ({
    schemas: [{ schemaId: 'x' }],
    events: [
      {
        ...{
          ActionDeveloperName: 'deals',
          EventType: 'DataObjectDataChgEvent',
          SourceObjectDeveloperName: 'Opportunity',
        },
        ...{ EventCreationDateTime: '2024-05-01T10:00:01.234Z', PayloadPrevValue: {} },
        PayloadCurrentValue: { ...record, ...changes },
      },
    ],
  })

  test('text, zones and null become numbers, times and null', async () => {
    expect(await mapped(example('salesforce'), body({}))).toMatchObject({
      problems: [],
      events: [
        {
          ...{ topic: 'opportunities', opportunityId: record.Id, status: 'open', stage: 'Negotiation', product: null },
          ...{ valueMinor: 12500050, currency: 'USD', occurredAt: Date.UTC(2024, 4, 1, 10) },
          plannedCloseAt: Date.UTC(2024, 5, 30, 4),
        },
      ],
    })
  })

  test('a later change of the record has a higher revision, whatever arrives first', async () => {
    const revision = async (at: string) => (await mapped(example('salesforce'), body({ SystemModstamp: at }))).events[0]
    const [former, latter] = [
      await revision('2024-05-01T10:00:00.000+0000'),
      await revision('2024-05-01T10:00:05.000Z'),
    ]
    expect(Number(latter!['revision' as never])).toBe(Number(former!['revision' as never]) + 5)
  })

  test.each([
    [{ Amount: '125,000.50' }, /decimal point/],
    [{ CloseDate: '06/30/2024' }, /not a time/],
    [{ Amount: '12', CurrencyIsoCode: '' }, /currency/],
    [{ AccountId: null }, /must be/],
  ])('%j is refused with the reason', async (changes, reason) => {
    const { events, problems } = await mapped(example('salesforce'), body(changes))
    expect(events).toEqual([])
    expect(problems[0]!.problem).toMatch(reason)
  })
})

describe('amoCRM', () => {
  const lead = (changes: Record<string, string> = {}) => {
    const fields = {
      ...{ '[id]': '25399013', '[name]': 'Ипотека', '[status_id]': '142', '[price]': '1500000', '[group_id]': '' },
      ...{ '[responsible_user_id]': '504141', '[last_modified]': '1714557600', '[pipeline_id]': '3' },
      ...{ '[custom_fields][0][id]': '427493', '[custom_fields][0][name]': 'Customer number' },
      ...{ '[custom_fields][0][values][0][value]': 'c-00001' },
      ...changes,
    }
    return Object.entries(fields).map(([name, value]): [string, string] => [`leads[status][0]${name}`, value])
  }
  const form = (fields: [string, string][]) =>
    new URLSearchParams([...fields, ['account[subdomain]', 'bank']]).toString()

  test('a form of texts and Unix seconds', async () => {
    const { events, problems } = await mapped(example('amocrm'), form(lead()), FORM)
    expect(problems).toEqual([])
    expect(events).toMatchObject([
      {
        ...{
          topic: 'opportunities',
          opportunityId: 'amo-25399013',
          customerId: 'c-00001',
          status: 'won',
          teamId: null,
        },
        ...{ valueMinor: 150000000, currency: 'RUB', occurredAt: 1714557600000 },
      },
    ])
  })

  test('a lead without a price or a customer, and a form of something else', async () => {
    const free = await mapped(example('amocrm'), form(lead({ '[price]': '' })), FORM)
    expect(free.events).toMatchObject([{ valueMinor: null }])
    const stranger = form(lead({ '[custom_fields][0][values][0][value]': '' }))
    expect(await mapped(example('amocrm'), stranger, FORM)).toEqual({ events: [], problems: [] })
    expect(await mapped(example('amocrm'), 'contacts[add][0][id]=1', FORM)).toEqual({ events: [], problems: [] })
  })
})

test('a body that can’t be read, an unknown topic and a topic of the platform are problems', async () => {
  const to = (topic: string) => `{"topic": "${topic}", "event": {"customerId": "a", "occurredAt": 1}}`
  expect((await mapped(to('profiles'), '{')).problems[0]!.problem).toContain('can’t be read')
  for (const topic of ['profile', 'clock', 'scores', 'unmapped-webhooks'])
    expect((await mapped(to(topic), {})).problems[0]!.problem).toContain('is not a topic that accepts events')
  expect((await mapped(to('profiles'), {})).events).toMatchObject([{ topic: 'profiles', source: 'crm' }])
})

test('problems can be stored whatever the payload quotes', async () => {
  const mapping = '{"topic": name, "event": $merge([{"customerId": "a", "occurredAt": 1}, extra])}'
  const strange = `x\0${'y'.repeat(5_000)}`
  const body = JSON.stringify({ name: strange, extra: {} })
  const unknown = await mapped(mapping, body)
  const extra = await mapped(mapping, JSON.stringify({ name: 'profiles', extra: { [strange]: strange, name: '\0' } }))
  expect(extra.problems.length).toBeGreaterThan(0)
  for (const { topic, path, problem } of [...unknown.problems, ...extra.problems])
    for (const text of [topic ?? '', path, problem]) {
      expect(text).not.toContain('\0')
      expect(text.length).toBeLessThanOrEqual(500)
    }
})
