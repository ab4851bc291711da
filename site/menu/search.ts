export async function toggle() {}
