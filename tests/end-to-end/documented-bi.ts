/** The promised results of the commands for BI. */
import { known, run, type Expectation } from './expectation.ts'

const role = known('roles belong to the whole server: tests/commands/inspect/bi-role makes one', 'bi-role grant --help')
const exported = (view: string): Expectation => run(new RegExp(`"view":"${view}","day":"2026-03-31","rows":\\d+`))

export const ofBi: Readonly<Record<string, Expectation>> = {
  'npm run scoreline -- bi-role grant reporting < password.txt': role,
  'npm run scoreline -- bi-role grant reporting --statement-timeout 300 < password.txt': role,
  'npm run scoreline -- bi-role revoke reporting': run(/There is no role reporting/, { code: 1 }),
  'npm run scoreline -- export parquet --view bi_score_history --from 2026-03-01 --to 2026-03-31 --out lake':
    exported('bi_score_history'),
  'npm run scoreline -- export parquet --view bi_cases --time decided_at --from 2026-03-01 --to 2026-03-31 --out lake --again':
    exported('bi_cases'),
}
