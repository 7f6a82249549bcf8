/** Checks on a real broker and a real database that topics and database belong together. */
import type { CommandContext } from '../../composition/context.ts'
import { adoptDeployment, checkDeployment } from '../../composition/deployment.ts'
import { readConfig } from '../../config.ts'
import { brokers, migratedDatabase, uniqueName } from '../support/services.ts'

const undo: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const step of undo) await step()
})

async function freshUrl(): Promise<string> {
  const { url, drop } = await migratedDatabase()
  undo.push(drop)
  return url
}
async function contextOf(prefix: string, url: string): Promise<CommandContext> {
  const context: CommandContext = {
    config: readConfig({ KAFKA_BROKERS: brokers().join(','), DATABASE_URL: url, TOPIC_PREFIX: prefix }),
    log: () => {},
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => console.error(error),
  }
  return context
}
const newPrefix = () => `${uniqueName('owner')}.`

test('the first start binds them, and every later one finds them bound', async () => {
  const context = await contextOf(newPrefix(), await freshUrl())
  await checkDeployment(context)
  await checkDeployment(context)
}, 60_000)

test('a second database for the same prefix is refused with what to do, until it is adopted', async () => {
  const prefix = newPrefix()
  const first = await contextOf(prefix, await freshUrl())
  await checkDeployment(first)
  const second = await contextOf(prefix, await freshUrl())
  await expect(checkDeployment(second)).rejects.toThrow(/TOPIC_PREFIX of its own.*`scoreline adopt`/)
  // The attempt does not disturb the existing deployment.
  await checkDeployment(first)
  // The database of another deployment is refused too, and named.
  const other = await contextOf(newPrefix(), await freshUrl())
  await checkDeployment(other)
  const mixed = await contextOf(prefix, other.config.DATABASE_URL!)
  await expect(checkDeployment(mixed)).rejects.toThrow(/check DATABASE_URL/)
  await adoptDeployment(second)
  await checkDeployment(second)
}, 60_000)

test('recreated topics under a database are refused, until they are adopted', async () => {
  const url = await freshUrl()
  await checkDeployment(await contextOf(newPrefix(), url))
  const renewed = await contextOf(newPrefix(), url)
  await expect(checkDeployment(renewed)).rejects.toThrow(/written from other topics.*`scoreline adopt`/)
  await adoptDeployment(renewed)
  await checkDeployment(renewed)
}, 60_000)

test('of two that start at once with databases of their own, at most one is bound', async () => {
  const prefix = newPrefix()
  const both = await Promise.all([await freshUrl(), await freshUrl()].map((url) => contextOf(prefix, url)))
  const outcomes = await Promise.allSettled(both.map(checkDeployment))
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1)
  const later = await Promise.allSettled(both.map(checkDeployment))
  expect(later.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
}, 60_000)

test('of several processes of a new deployment that start at once, all are bound', async () => {
  const [prefix, url] = [newPrefix(), await freshUrl()]
  const processes = await Promise.all(Array.from({ length: 6 }, () => contextOf(prefix, url)))
  await Promise.all(processes.map(checkDeployment))
}, 60_000)
