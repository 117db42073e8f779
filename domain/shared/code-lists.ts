/**
 * Codes that inputs are checked against. Stored ones are not: a list changes, what was recorded under it stays.
 */

const listed = (codes: string): ReadonlySet<string> => new Set(codes.split(/\s+/))

/**
 * ISO 3166-1 alpha-2, the codes officially assigned. Neither EL nor XI is one: they begin VAT numbers (identifiers.ts),
 * and an address in Greece is in GR, one in Northern Ireland in GB.
 */
export const COUNTRIES = listed(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
  CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
  JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
  MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
  RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
  TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`,
)

/**
 * Units of UN/ECE Recommendation 20 that goods and services are sold by (pieces, time, mass, length, area, volume, energy,
 * data), and packages of Recommendation 21 with the X before them that EN 16931 wants (BR-CL-23). The lists of the United
 * Nations hold some 2,000; another one that somebody sells by is added here.
 */
export const UNITS = listed(
  `4L ACR AD AMP ANN BLL C62 CEN CGM CLT CMK CMQ CMT CTM D63 DAY DLT DMK DMQ DMT DZN DZP E34 E35 E48 E49 E51 E54 EA FOT
  FTK FTQ GLI GLL GRM GRO GWH H87 HAR HEA HGM HLT HMT HUR INH INK JOU KGM KHZ KMK KMT KVA KWH KWT LBR LEF LM LN LO LS
  LTR MAW MGM MIL MIN MLT MMK MMT MON MTK MTQ MTR MWH NAR NMP NPR ONZ P1 PR PTI PTL QAN SEC SET SMI ST STN TNE WEE WTT
  XBG XBO XBX XCS XCT XPK XPX XSA YDK YRD`,
)
