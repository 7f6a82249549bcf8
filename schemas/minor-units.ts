/** Number of decimals of the currencies whose minor unit is not a hundredth (ISO 4217). */
const decimals = new Map<string, number>([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV'].map(
    (code) => [code, 0] as const,
  ),
  ...['XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
])

/** Returns the number of minor units in one unit of a currency. */
export function minorUnits(currency: string): number {
  return 10 ** (decimals.get(currency) ?? 2)
}

/** Formats an amount in minor units for people, in whole units: `12,300 CNY`. */
export function amountText(minor: number, currency: string): string {
  const whole = Math.round(minor / minorUnits(currency))
  return `${whole.toLocaleString('en')} ${currency}`
}
