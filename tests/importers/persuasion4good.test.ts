import { persuasion4good } from '../../importers/persuasion4good.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Profile } from '../../schemas/customers/profiles.ts'
import type { Opportunity, Visit } from '../../schemas/visits/visits.ts'
import { countsByTopic, dataFolder, eventsOf, imported, withData } from './data-set.ts'

const first = '20180904-100019_870_live'
const second = 'BAD_20180904-100100_9_live'
const info = `B2,B3,B4,B6,B7,age.x,sex.x
${first},user_1,0,0.0,11,34.0,Female
${first},user_2,1,0.5,11,42.0,Male
${second},user_3,0,1.0,10,,
${second},user_2,1,0.0,10,42.0,Male
`
const say = (dialogue: string, words: readonly string[]): string =>
  words.map((text, i) => `${i},"${text}",${Math.floor(i / 2)},${i % 2},${dialogue}\n`).join('')
const long = Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? `Please give, asks ${i}` : `I say ${i}`))
const files = {
  'dev_info.csv.gz': info,
  'dev_dialog.csv.gz': `Unnamed: 0,Unit,Turn,B4,B2\n${say(first, long)}${say(second, ['Hello', 'No, thanks'])}`,
}

describe('persuasion4good', () => {
  it('uses the words and the gift of the person who is asked', async () => {
    const events = await imported(persuasion4good, dataFolder(files))
    expect(countsByTopic(events)).toEqual({ profiles: 1, opportunities: 4, visits: 8, outcomes: 2 })
    const visits = eventsOf<Visit>(events, 'visits').filter(({ opportunityId }) => opportunityId === first)
    expect(visits.map(({ text }) => text)).toEqual([1, 3, 5, 7, 9, 11, 13].map((i) => `I say ${i}`))
    expect(visits[0]).toMatchObject({
      customerId: 'persuasion4good-user_2',
      salespersonId: 'user_1',
      occurredAt: Date.UTC(2018, 8, 4, 10, 2, 19),
    })
    const outcomes = new Map(eventsOf<Outcome>(events, 'outcomes').map((outcome) => [outcome.subjectId, outcome.value]))
    expect(outcomes).toEqual(
      new Map([
        [first, 1],
        [second, 0],
      ]),
    )
    const closed = eventsOf<Opportunity>(events, 'opportunities').filter(({ revision }) => revision === 1)
    expect(new Set(closed.map(({ opportunityId, status }) => `${opportunityId} ${status}`))).toEqual(
      new Set([`${first} won`, `${second} lost`]),
    )
    expect(eventsOf<Profile>(events, 'profiles')[0]).toMatchObject({ sex: 'male', birthYear: 1976 })
  })

  it('scores the outcome after the fifth turn of the customer, or the last of fewer', async () => {
    const events = await imported(persuasion4good, dataFolder(files))
    const asked = (id: string) => eventsOf<Outcome>(events, 'outcomes').find(({ subjectId }) => subjectId === id)!.asOf!
    const known = (id: string) =>
      eventsOf<Visit>(events, 'visits').filter(
        ({ opportunityId, occurredAt }) => opportunityId === id && occurredAt <= asked(id),
      )
    expect(
      known(first)
        .map(({ text }) => text)
        .at(-1),
    ).toBe('I say 9')
    expect(known(second)).toHaveLength(1)
  })

  it('refuses a dialogue without its people, or without its time', async () => {
    const stranger = { ...files, 'dev_dialog.csv.gz': files['dev_dialog.csv.gz'].replaceAll(second, 'x') }
    await expect(imported(persuasion4good, dataFolder(stranger))).rejects.toThrow(
      'B2 is "x", which is not a dialogue whose two people',
    )
    const timeless = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, content.replaceAll(second, 'x')]),
    )
    await expect(imported(persuasion4good, dataFolder(timeless))).rejects.toThrow('a dialogue id with its time')
  })

  withData('persuasion4good', 'agrees with counts of the 711 dialogues', async (path) => {
    const events = await imported(persuasion4good, path)
    expect(countsByTopic(events)).toEqual({ profiles: 564, opportunities: 2 * 711, visits: 7_220, outcomes: 711 })
    expect(eventsOf<Outcome>(events, 'outcomes').reduce((sum, { value }) => sum + value, 0)).toBe(381)
  })
})
