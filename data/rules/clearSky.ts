import { apportion, type Curve, curve, formatDay, SLOTS } from "../../sdk/index.ts";

/** Chengdu. */
const LATITUDE = radians(30.67);
const LONGITUDE = 104.07;
/** Beijing time is the solar time of this meridian. */
const MERIDIAN = 120;
/** Part of the nominal energy that reaches the meter after heat, cables and inverter (IEC 61724 performance ratio). */
const PERFORMANCE_RATIO = 0.8;
/** W/m² at which a module gives its nominal power. */
const STANDARD_IRRADIANCE = 1000;

/** A photovoltaic plant's day under a clear sky, on the plane of the ground. */
export function clearSkyCurve(day: number, capacityW: number): Curve {
  const date = formatDay(day);
  const dayOfYear = (Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / 86_400_000 + 1;
  const energies = Array.from({ length: SLOTS }, (_, slot) => {
    const hour = (slot + 0.5) / 4;
    const power = (capacityW * PERFORMANCE_RATIO * irradiance(dayOfYear, hour)) / STANDARD_IRRADIANCE;
    return Math.min(power, capacityW) / 4;
  });
  const total = BigInt(Math.round(energies.reduce((sum, wh) => sum + wh, 0)));
  return curve(
    apportion(
      total,
      energies.map((wh) => BigInt(Math.round(wh * 1000))),
    ),
  );
}

/** Global irradiance in W/m² by Haurwitz (1945). */
function irradiance(dayOfYear: number, hour: number): number {
  const height = sineOfElevation(dayOfYear, hour);
  return height <= 0 ? 0 : 1098 * height * Math.exp(-0.059 / height);
}

/** Declination by Cooper (1969), equation of time by Spencer (1971). */
function sineOfElevation(dayOfYear: number, hour: number): number {
  const declination = radians(23.45) * Math.sin((2 * Math.PI * (284 + dayOfYear)) / 365);
  const b = (2 * Math.PI * (dayOfYear - 1)) / 365;
  const equationOfTime =
    229.18 *
    (0.000075 +
      0.001868 * Math.cos(b) -
      0.032077 * Math.sin(b) -
      0.014615 * Math.cos(2 * b) -
      0.04089 * Math.sin(2 * b));
  const solarHour = hour + ((LONGITUDE - MERIDIAN) * 4 + equationOfTime) / 60;
  const hourAngle = radians(15 * (solarHour - 12));
  return Math.sin(LATITUDE) * Math.sin(declination) + Math.cos(LATITUDE) * Math.cos(declination) * Math.cos(hourAngle);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
