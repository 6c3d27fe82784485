"""Drive's messages, as far as the sandbox knows them, named as in the reference of Drive API v3."""

FILE = """
id kind name mimeType description starred trashed explicitlyTrashed parents properties appProperties spaces version
webViewLink iconLink createdTime modifiedTime viewedByMeTime driveId teamDriveId ownedByMe shared writersCanShare
copyRequiresWriterPermission viewersCanCopyContent permissionIds trashedTime sharedWithMeTime modifiedByMe
modifiedByMeTime size quotaBytesUsed isAppAuthorized md5Checksum sha1Checksum sha256Checksum originalFilename
fileExtension fullFileExtension headRevisionId webContentLink
"""
CAPABILITIES = ("canEdit", "canModifyContent", "canRename", "canAddChildren", "canShare", "canTrash", "canDelete")
USER = "kind displayName me permissionId emailAddress photoLink"


def _plain(names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), "string")


MESSAGES: dict[str, dict[str, str]] = {
    "File": _plain(FILE)
    | {
        "owners": "[User]",
        "lastModifyingUser": "User",
        "sharingUser": "User",
        "trashingUser": "User",
        "permissions": "[Permission]",
        "contentRestrictions": "[ContentRestriction]",
        "capabilities": "Capabilities",
    },
    "FileList": {"kind": "string", "nextPageToken": "string", "incompleteSearch": "string", "files": "[File]"},
    "User": _plain(USER),
    "ContentRestriction": _plain("readOnly reason type ownerRestricted systemRestricted restrictionTime")
    | {"restrictingUser": "User"},
    "Permission": _plain(
        "kind id type role emailAddress domain displayName allowFileDiscovery expirationTime deleted pendingOwner view"
    )
    | {"permissionDetails": "[PermissionDetail]"},
    "PermissionDetail": _plain("permissionType role inherited inheritedFrom"),
    "PermissionList": {"kind": "string", "nextPageToken": "string", "permissions": "[Permission]"},
    "Capabilities": dict.fromkeys(CAPABILITIES, "string"),
    "Drive": _plain("kind id name createdTime hidden") | {"capabilities": "Capabilities"},
    "DriveList": {"kind": "string", "nextPageToken": "string", "drives": "[Drive]"},
    "About": {"kind": "string", "user": "User", "storageQuota": "StorageQuota"},
    "StorageQuota": _plain("limit usage usageInDrive usageInDriveTrash"),
}
"""Message -> field -> type, a list's type in brackets."""
