import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { RunningServices } from './embedded.ts'
import type { RunningPart } from './running-part.ts'

/** Returns the start banner: what runs where, that the world is simulated, where the data is, and a command to try. */
export function bannerOf(config: Config, services: RunningServices, parts: readonly RunningPart[]): string {
  const page = `http://${config.API_HOST}:${config.API_PORT}`
  const lines = [
    '',
    `Scoreline is up: ${page}/`,
    '',
    `  parts        ${parts.map(({ name }) => name).join(', ')}, all in process ${process.pid}`,
    `  Kafka        ${services.brokers.join(', ')} (${services.origins.kafka})`,
    `  PostgreSQL   ${hostOf(services.databaseUrl)} (${services.origins.database})`,
    `  data         ${resolve(config.DATA_DIRECTORY)}: kept between starts; \`npm start -- --wipe\` starts from scratch`,
    ...(config.SIMULATE
      ? [
          `  world        SIMULATED: ${config.SIMULATOR_CUSTOMERS} customers from seed ${config.SIMULATOR_SEED}; SIMULATE=false leaves it out`,
          ...clockLines(parts),
        ]
      : ['  world        nothing is simulated; send events to Kafka or POST them to /events/{topic}']),
    '',
    `  try          curl '${page}/priorities?scope=overall'`,
    '  stop         Ctrl-C',
    '',
  ]
  return lines.join('\n')
}

/** Shows the simulated clock, since its times would look stale to a reader who takes them for wall-clock times. */
function clockLines(parts: readonly RunningPart[]): string[] {
  const clock = parts.find(({ simulatedClock }) => simulatedClock !== undefined)?.simulatedClock?.()
  if (clock === undefined) return []
  const now = new Date(clock.now).toISOString().slice(0, 16).replace('T', ' ')
  return [`  its clock    ${now} UTC, ${clock.speed} × faster than the wall clock; all times on the page are simulated`]
}

/** Returns host and database name, without user and password. */
function hostOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
