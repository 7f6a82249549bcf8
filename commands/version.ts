import manifest from '../package.json' with { type: 'json' }

/** Of this platform; kept with every model that it trains. */
export const VERSION: string = manifest.version
