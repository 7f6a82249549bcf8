import type { Command } from 'commander'
import { withCustomerNames } from '../../api/customers/named-rows.ts'
import { caseJson, pricedCaseJson } from '../../api/visits/case-json.ts'
import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { reviews } from '../../composition/visits/reviews.ts'
import { claims, decisions, type CaseActKind, type Claim, type Decision } from '../../schemas/visits/case-acts.ts'
import type { Database } from '../../store/database.ts'
import { actsOfCase, caseOf } from '../../store/visits/cases.ts'
import { caseOrders, listCases, type CaseFilter, type CaseOrder } from '../../store/visits/listed-cases.ts'
import { sendCaseActs } from '../../store/visits/send-case-acts.ts'
import { setSnoozes } from '../../store/visits/set-snoozes.ts'
import type { DefineCommand } from '../define-command.ts'

const ACTS_MAX = 500
const WAIT_MS = 10_000

interface ActOptions {
  readonly by: string
  readonly to?: string
  readonly note?: string
  readonly claim?: string
  readonly revision?: number
}

/** Defines `scoreline cases`: the same queue and acts as in the API, with the same log. */
export const defineCases: DefineCommand = (command, context) => {
  defineReading(command, context)
  const act = (name: CaseActKind, description: string) =>
    command
      .command(name)
      .description(description)
      .argument('<visit>', 'visit of the case')
      .requiredOption('--by <name>', 'name of the person who acts; kept in the log of the case')
      .option('--note <text>', 'the answer, the comment or the reason')
      .option('--revision <number>', 'revision of the case that you have seen; default: the newest', Number)
  act('assign', 'give a case to a reviewer')
    .requiredOption('--to <name>', 'the reviewer')
    .action((visitId: string, options: ActOptions) => sendAct(context(), 'assign', visitId, options))
  act('decide', 'decide a case')
    .argument('<decision>', `${decisions.join(', ')}: the suspicion is true; true but nothing is wrong; not true`)
    .option('--claim <claim>', `claim that is decided: ${claims.join(', ')}; default: what the policy claims`)
    .action((visitId: string, decision: string, options: ActOptions) =>
      sendAct(context(), 'decide', visitId, options, oneOf(decisions, decision)),
    )
  for (const [name, description] of Object.entries(plainActs))
    act(name as CaseActKind, description).action((visitId: string, options: ActOptions) =>
      sendAct(context(), name as CaseActKind, visitId, options),
    )
  defineSnooze(command, context)
}

const plainActs = {
  answer: "record the salesperson's answer (--note)",
  release: 'take a case away from its reviewer',
  close: 'close a decided case',
  reopen: 'reopen a case that is decided, closed, withdrawn or lapsed (--note)',
  comment: 'add a comment to the log of a case (--note)',
} as const satisfies Partial<Record<CaseActKind, string>>

function defineReading(command: Command, context: () => CommandContext): void {
  command
    .command('list')
    .description('list cases, one JSON object per line, largest expected loss first')
    .option('--status <status>', 'undecided, or a single status', 'undecided')
    .option('--salesperson <id>', 'only visits of this salesperson')
    .option('--reviewer <name>', 'only cases of this reviewer')
    .option('--order <order>', caseOrders.join(', '), 'loss')
    .option('--limit <count>', 'number of cases', Number, 100)
    .action(async (options: ListOptions) => {
      const here = context()
      const { status, salesperson: salespersonId, reviewer, limit } = options
      const order: CaseOrder = oneOf(caseOrders, options.order)
      if (!(limit >= 1)) throw new Error('--limit must be a number of at least 1.')
      const filter = Object.fromEntries(
        Object.entries({ status, salespersonId, reviewer }).filter(([, value]) => value !== undefined),
      )
      await withDatabase(here, 'cases', async (database) => {
        for (const one of await priced(database, { ...filter, order }, limit)) here.print(JSON.stringify(one))
      })
    })
  command
    .command('show')
    .description('show a case with its log, as JSON')
    .argument('<visit>', 'visit of the case')
    .action(async (visitId: string) => {
      const here = context()
      await withDatabase(here, 'cases', async (database) => {
        const [held] = await priced(database, { visitId }, 1)
        if (held === undefined) throw new Error(`The visit ${JSON.stringify(visitId)} has no case.`)
        here.print(JSON.stringify({ ...held, acts: await actsOfCase(database, visitId, ACTS_MAX) }))
      })
    })
}

interface ListOptions {
  readonly status: string
  readonly salesperson?: string
  readonly reviewer?: string
  readonly order: string
  readonly limit: number
}

async function priced(database: Database, filter: CaseFilter, limit: number) {
  const rows = await listCases(database, filter, await reviews.scale(database), { limit })
  return withCustomerNames(database, rows, pricedCaseJson)
}

async function sendAct(
  here: CommandContext,
  kind: CaseActKind,
  visitId: string,
  { by, to, note, claim, revision }: ActOptions,
  decision: Decision | null = null,
): Promise<void> {
  await withDatabase(here, 'cases', async (database) => {
    const seen = revision ?? (await caseOf(database, visitId))?.revision ?? 0
    const about: Claim | null = claim === undefined ? null : oneOf(claims, claim)
    const { assignedMax } = await reviews.rules(database)
    const act = { visitId, revision: seen, kind, by, to: to ?? null, decision, claim: about, note: note ?? null }
    const rules = { refusalOf: reviews.refusalOf, assignedMax, now: Date.now(), waitMs: WAIT_MS }
    const [result] = await sendCaseActs(database, [act], rules)
    if (result!.state === 'refused') throw new Error(result!.refusal.text)
    const { state, actId, held } = result!
    if (state === 'waits')
      here.log(
        'warn',
        'The act was sent but is not processed yet: the case will show it when the processors are running',
      )
    here.print(JSON.stringify({ actId, state, case: held && caseJson(held) }))
  })
}

interface SnoozeOptions {
  readonly salesperson: readonly string[]
  readonly customer: readonly string[]
  readonly until: string
  readonly reason: string
  readonly by: string
}

function defineSnooze(command: Command, context: () => CommandContext): void {
  const several = (id: string, ids: readonly string[]) => [...ids, id]
  command
    .command('snooze')
    .description(
      'hold back alerts of some rules for visits of these salespeople, or to these customers, until a given time',
    )
    .argument('<rules...>', 'kinds of evidence, or the verdicts invalid and suspected_false')
    .option('--salesperson <id>', 'salesperson of the visits; repeatable', several, [])
    .option('--customer <id>', 'customer of the visits; repeatable', several, [])
    .requiredOption('--until <time>', 'when it ends, ISO 8601; at most 180 days from now')
    .requiredOption('--reason <text>', 'reason; kept in the audit trail')
    .requiredOption('--by <name>', 'name of the person responsible; kept in the audit trail')
    .action(async (rules: readonly string[], options: SnoozeOptions) => {
      const here = context()
      const until = Date.parse(options.until)
      if (Number.isNaN(until)) throw new Error(`--until ${options.until} is not a time: give one such as 2026-09-30.`)
      const wanted = { rules, salespersonIds: options.salesperson, customerIds: options.customer }
      const times = { from: Date.now(), until, reason: options.reason, changedBy: options.by }
      await withDatabase(here, 'cases', async (database) => {
        for (const { key: id, version, value } of await setSnoozes(database, reviews.snoozes, { ...wanted, ...times }))
          here.print(JSON.stringify({ id, version, ...value, until: new Date(value.until).toISOString() }))
      })
    })
}

function oneOf<const Name extends string>(names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text)
  if (found === undefined) throw new Error(`${JSON.stringify(text)} is not one of: ${names.join(', ')}.`)
  return found
}
