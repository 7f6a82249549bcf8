import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runCampaign } from './campaign.ts'
import { faults, faultsFor } from './faults/faults.ts'
import { reportOf, stallWords } from './report.ts'
import type { RoundResult } from './round.ts'
import { createSchedule } from './schedule.ts'
import type { BrokerCount } from './stage.ts'

const HELP = `The fault campaign: rounds of load and harm against the platform's own processes, each followed by the check that every event counted exactly once.

  --rounds N                  default 100
  --from N                    begin with that round of the schedule, to go on after a stop; default 1
  --seed N                    the same seed gives the same schedule; default: from the clock
  --brokers 1|3               one alone, with a proxy before it, or three with TLS, SASL/SCRAM and ACLs; default 3
  --faults NAME,…             of these only: ${faults.map(({ name }) => name).join(', ')}
  --events-per-second N       default 2000
  --partitions N              of every topic, and so tasks of every processor; default 4
  --stall-ms N                how long an event loop is blocked; default 60000
  --rounds-per-deployment N   then scoreline verify compares all of it, and the next begin afresh; default 10
  --minutes N                 begin no further round after so long
  --no-verify                 do without scoreline verify; the campaign's own checks always run
  --report FILE               the table of what was done to what, as Markdown; written after each round
  --list                      print the schedule and do nothing`

const { values } = parseArgs({
  allowNegative: true,
  options: {
    rounds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    faults: { type: 'string' },
    brokers: { type: 'string', default: '3' },
    'events-per-second': { type: 'string', default: '2000' },
    partitions: { type: 'string', default: '4' },
    'stall-ms': { type: 'string', default: '60000' },
    'rounds-per-deployment': { type: 'string', default: '10' },
    minutes: { type: 'string' },
    verify: { type: 'boolean', default: true },
    report: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

function whole(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} must be a whole number from 1 on; it is ${text}.`)
  return value
}

function brokerCount(): BrokerCount {
  const count = whole('brokers', values.brokers)
  if (count !== 1 && count !== 3) throw new Error(`--brokers is 1 or 3, not ${count}.`)
  return count
}

function chosenFaults(brokers: BrokerCount) {
  if (values.faults === undefined) return faultsFor(brokers)
  return values.faults.split(',').map((name) => {
    const found = faults.find((fault) => fault.name === name)
    if (found === undefined)
      throw new Error(`There is no fault ${name}. There are: ${faults.map((fault) => fault.name).join(', ')}.`)
    if (found.brokers !== undefined && found.brokers !== brokers)
      throw new Error(`${name} needs --brokers ${found.brokers}.`)
    return found
  })
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP)
    return 0
  }
  const seed = values.seed === undefined ? Math.floor(Date.now() / 1000) % 1_000_000 : whole('seed', values.seed)
  const eventsPerSecond = whole('events-per-second', values['events-per-second'])
  const brokers = brokerCount()
  const from = whole('from', values.from)
  const schedule = createSchedule(seed, whole('rounds', values.rounds), chosenFaults(brokers))
  const rounds = schedule.filter(({ number }) => number >= from)
  if (values.list) {
    for (const { number, fault, processes, plan } of rounds)
      console.log(`${String(number).padStart(3)} ${fault.name}, ${processes} processes: ${JSON.stringify(plan)}`)
    return 0
  }
  const startedAt = new Date()
  const results: RoundResult[] = []
  const deadline =
    values.minutes === undefined ? Infinity : performance.now() + 60_000 * whole('minutes', values.minutes)
  const report = () => reportOf({ seed, brokers, eventsPerSecond, startedAt }, results)
  console.log(`${rounds.length} rounds, seed ${seed}, ${brokers} ${brokers === 1 ? 'broker' : 'brokers'}`)
  await runCampaign({
    seed,
    brokers,
    rounds,
    eventsPerSecond,
    partitions: whole('partitions', values.partitions),
    stallMs: whole('stall-ms', values['stall-ms']),
    roundsPerDeployment: whole('rounds-per-deployment', values['rounds-per-deployment']),
    verify: values.verify,
    shouldContinue: () => performance.now() < deadline,
    log: (line) => console.log(line),
    onRound(result) {
      results.push(result)
      const { round, done, events, durationMs, settledMs, stalls, problems } = result
      console.log(
        `${String(round.number).padStart(3)} ${problems.length === 0 ? 'ok  ' : 'FAIL'} ${round.fault.name}, ${round.processes} processes, ${events} events, ` +
          `${(durationMs / 1000).toFixed(1)} s, settled in ${(settledMs / 1000).toFixed(1)} s, ${stallWords(stalls)}: ${done}`,
      )
      for (const problem of problems.slice(0, 10)) console.log(`      ${problem}`)
      if (values.report !== undefined) writeFileSync(values.report, report())
    },
  })
  if (values.report === undefined) console.log(`\n${report()}`)
  return results.some(({ problems }) => problems.length > 0) ? 1 : 0
}

// Exits at once on a signal; the exit handlers then end the campaign's servers and processes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

try {
  process.exit(await main())
} catch (error) {
  console.error(error)
  process.exit(2)
}
