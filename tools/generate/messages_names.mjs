// Names of the typed messages: where the schemas give a type no name, and where C++ cannot spell one.

// OCPP 1.6: most types stand inline. The specification's own names for them, by the member that holds them …
const structs16 = {
    idTagInfo: 'IdTagInfo',
    configurationKey: 'KeyValue',
    meterValue: 'MeterValue',
    transactionData: 'MeterValue',
    sampledValue: 'SampledValue',
    chargingProfile: 'ChargingProfile',
    csChargingProfiles: 'ChargingProfile',
    chargingSchedule: 'ChargingSchedule',
    chargingSchedulePeriod: 'ChargingSchedulePeriod',
    localAuthorizationList: 'AuthorizationData',
};

// … and for enumerations by the struct and member.
const enums16 = {
    'BootNotificationResponse.status': 'RegistrationStatus',
    'CancelReservationResponse.status': 'CancelReservationStatus',
    'ChangeAvailabilityRequest.type': 'AvailabilityType',
    'ChangeAvailabilityResponse.status': 'AvailabilityStatus',
    'ChangeConfigurationResponse.status': 'ConfigurationStatus',
    'ChargingProfile.chargingProfileKind': 'ChargingProfileKind',
    'ChargingProfile.chargingProfilePurpose': 'ChargingProfilePurpose',
    'ChargingProfile.recurrencyKind': 'RecurrencyKind',
    'ChargingSchedule.chargingRateUnit': 'ChargingRateUnit',
    'ClearCacheResponse.status': 'ClearCacheStatus',
    'ClearChargingProfileRequest.chargingProfilePurpose': 'ChargingProfilePurpose',
    'ClearChargingProfileResponse.status': 'ClearChargingProfileStatus',
    'DataTransferResponse.status': 'DataTransferStatus',
    'DiagnosticsStatusNotificationRequest.status': 'DiagnosticsStatus',
    'FirmwareStatusNotificationRequest.status': 'FirmwareStatus',
    'GetCompositeScheduleRequest.chargingRateUnit': 'ChargingRateUnit',
    'GetCompositeScheduleResponse.status': 'GetCompositeScheduleStatus',
    'IdTagInfo.status': 'AuthorizationStatus',
    'RemoteStartTransactionResponse.status': 'RemoteStartStopStatus',
    'RemoteStopTransactionResponse.status': 'RemoteStartStopStatus',
    'ReserveNowResponse.status': 'ReservationStatus',
    'ResetRequest.type': 'ResetType',
    'ResetResponse.status': 'ResetStatus',
    'SampledValue.context': 'ReadingContext',
    'SampledValue.format': 'ValueFormat',
    'SampledValue.location': 'Location',
    'SampledValue.measurand': 'Measurand',
    'SampledValue.phase': 'Phase',
    'SampledValue.unit': 'UnitOfMeasure',
    'SendLocalListRequest.updateType': 'UpdateType',
    'SendLocalListResponse.status': 'UpdateStatus',
    'SetChargingProfileResponse.status': 'ChargingProfileStatus',
    'StatusNotificationRequest.errorCode': 'ChargePointErrorCode',
    'StatusNotificationRequest.status': 'ChargePointStatus',
    'StopTransactionRequest.reason': 'Reason',
    'TriggerMessageRequest.requestedMessage': 'MessageTrigger',
    'TriggerMessageResponse.status': 'TriggerMessageStatus',
    'UnlockConnectorResponse.status': 'UnlockStatus',
};

// The security extension names its types, some of them like others of the base protocol.
const definitions16 = {
    FirmwareStatusEnumType: 'SignedFirmwareStatus',
    LogEnumType: 'LogType',
    MessageTriggerEnumType: 'ExtMessageTrigger',
};

/// C++ name of a `definitions` entry. 2.x: as the schema says.
export function definition_name(version, name) {
    if (version !== '1.6') return name;
    return definitions16[name] ?? name.replace(/(Enum)?Type$/, '');
}

/// C++ name of the type that stands inline in `owner.member`.
export function inline_name(version, owner, member, is_enum) {
    const name = version !== '1.6' ? undefined : is_enum ? enums16[`${owner}.${member}`] : structs16[member];
    if (!name) throw new Error(`OCPP ${version}: ${owner}.${member} holds a type without a name, see messages_names.mjs`);
    return name;
}

const keywords = new Set(
    ('alignas alignof and asm auto bool break case catch char class compl concept const continue default delete do ' +
        'double else enum explicit export extern false float for friend goto if inline int long mutable namespace new ' +
        'noexcept not nullptr operator or private protected public register requires return short signed sizeof ' +
        'static struct switch template this throw true try typedef typeid typename union unsigned using virtual void ' +
        'volatile while xor').split(' '),
);

export function identifier(text) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(text) || text.includes('__') || keywords.has(text))
        throw new Error(`"${text}" is no C++ name and no rule makes it one`);
    return text;
}

/// "L1-N" -> L1_N, "Energy.Active.Net" -> Energy_Active_Net
export const enumerator = (text) => identifier(text.replace(/[^A-Za-z0-9]/g, '_'));
