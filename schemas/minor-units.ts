/** Currencies whose minor unit is not a hundredth (ISO 4217), by how many decimals it has. */
const decimals = new Map<string, number>([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV'].map(
    (code) => [code, 0] as const,
  ),
  ...['XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
])

/** How many minor units one unit of the currency has. */
export function minorUnits(currency: string): number {
  return 10 ** (decimals.get(currency) ?? 2)
}

/** An amount in minor units as people read it, in whole units: `12,300 CNY`. */
export function amountText(minor: number, currency: string): string {
  const whole = Math.round(minor / minorUnits(currency))
  return `${whole.toLocaleString('en')} ${currency}`
}
