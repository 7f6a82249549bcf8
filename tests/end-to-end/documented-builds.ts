/** The promised results of the commands that build packages and the site of the documents. */
import { known, type Expectation } from './expectation.ts'

const site = known('tests/docs/site builds the site and reads it')

export const ofBuilds: Readonly<Record<string, Expectation>> = {
  'npm run package': known('tests/generators/package builds what it packs'),
  'npm run package:client': known('tests/generators/client builds what it packs'),
  'npm run package:libraries': known('tests/examples/packages builds and runs what it packs'),
  'npm run build:docs': site,
  'npm run build:docs -- --base /scoreline/': site,
  'npm run serve:docs': site,
}
