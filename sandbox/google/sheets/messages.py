"""The API's messages, as far as the sandbox knows them: each name with its fields and their types.

`[X]` is a list of X. A name in capitals is an enumeration. Names of the fields, types and enumerations are
those of the reference of Google Sheets API v4.
"""

MESSAGES = """
Spreadsheet spreadsheetId:string spreadsheetUrl:string properties:SpreadsheetProperties sheets:[Sheet]
  namedRanges:[Unused] developerMetadata:[Unused]
SpreadsheetProperties title:string locale:string timeZone:string autoRecalc:RECALCULATION defaultFormat:CellFormat
  iterativeCalculationSettings:Unused spreadsheetTheme:Unused
Sheet properties:SheetProperties data:[GridData] merges:[GridRange] conditionalFormats:[ConditionalFormatRule]
  protectedRanges:[ProtectedRange] basicFilter:BasicFilter filterViews:[Unused] charts:[Unused] bandedRanges:[Unused]
  developerMetadata:[Unused] rowGroups:[Unused] columnGroups:[Unused] slicers:[Unused] tables:[Unused]
SheetProperties sheetId:int title:string index:int sheetType:SHEET_TYPE gridProperties:GridProperties hidden:bool
  tabColor:Color tabColorStyle:ColorStyle rightToLeft:bool
GridProperties rowCount:int columnCount:int frozenRowCount:int frozenColumnCount:int hideGridlines:bool
  rowGroupControlAfter:bool columnGroupControlAfter:bool
GridData startRow:int startColumn:int rowData:[RowData] rowMetadata:[DimensionProperties]
  columnMetadata:[DimensionProperties]
RowData values:[CellData]
CellData userEnteredValue:ExtendedValue effectiveValue:ExtendedValue formattedValue:string
  userEnteredFormat:CellFormat effectiveFormat:CellFormat hyperlink:string note:string
  textFormatRuns:[TextFormatRun] dataValidation:DataValidationRule
ExtendedValue numberValue:number stringValue:string boolValue:bool formulaValue:string errorValue:ErrorValue
ErrorValue type:ERROR message:string
DimensionProperties hiddenByFilter:bool hiddenByUser:bool pixelSize:int developerMetadata:[Unused]

CellFormat numberFormat:NumberFormat backgroundColor:Color backgroundColorStyle:ColorStyle borders:Borders
  padding:Padding horizontalAlignment:HORIZONTAL verticalAlignment:VERTICAL wrapStrategy:WRAP textDirection:DIRECTION
  textFormat:TextFormat hyperlinkDisplayType:HYPERLINK textRotation:TextRotation
NumberFormat type:NUMBER_FORMAT pattern:string
Color red:number green:number blue:number alpha:number
ColorStyle rgbColor:Color themeColor:THEME_COLOR
Borders top:Border bottom:Border left:Border right:Border
Border style:BORDER width:int color:Color colorStyle:ColorStyle
Padding top:int right:int bottom:int left:int
TextFormat foregroundColor:Color foregroundColorStyle:ColorStyle fontFamily:string fontSize:int bold:bool italic:bool
  strikethrough:bool underline:bool link:Link
Link uri:string
TextRotation angle:int vertical:bool
TextFormatRun startIndex:int format:TextFormat

GridRange sheetId:int startRowIndex:int endRowIndex:int startColumnIndex:int endColumnIndex:int
GridCoordinate sheetId:int rowIndex:int columnIndex:int
DimensionRange sheetId:int dimension:DIMENSION startIndex:int endIndex:int
DataValidationRule condition:BooleanCondition inputMessage:string strict:bool showCustomUi:bool
BooleanCondition type:CONDITION values:[ConditionValue]
ConditionValue userEnteredValue:string relativeDate:RELATIVE_DATE
ConditionalFormatRule ranges:[GridRange] booleanRule:BooleanRule gradientRule:GradientRule
BooleanRule condition:BooleanCondition format:CellFormat
GradientRule minpoint:InterpolationPoint midpoint:InterpolationPoint maxpoint:InterpolationPoint
InterpolationPoint color:Color colorStyle:ColorStyle type:INTERPOLATION value:string
ProtectedRange protectedRangeId:int range:GridRange namedRangeId:string description:string warningOnly:bool
  requestingUserCanEdit:bool unprotectedRanges:[GridRange] editors:Editors
Editors users:[string] groups:[string] domainUsersCanEdit:bool
BasicFilter range:GridRange sortSpecs:[SortSpec]
SortSpec dimensionIndex:int sortOrder:SORT
Unused

ValueRange range:string majorDimension:MAJOR values:[[cell]]
BatchGetValuesResponse spreadsheetId:string valueRanges:[ValueRange]
UpdateValuesResponse spreadsheetId:string updatedRange:string updatedRows:int updatedColumns:int updatedCells:int
  updatedData:ValueRange
BatchUpdateValuesRequest valueInputOption:VALUE_INPUT data:[ValueRange] includeValuesInResponse:bool
  responseValueRenderOption:VALUE_RENDER responseDateTimeRenderOption:DATE_TIME_RENDER
BatchUpdateValuesResponse spreadsheetId:string totalUpdatedRows:int totalUpdatedColumns:int totalUpdatedCells:int
  totalUpdatedSheets:int responses:[UpdateValuesResponse]
ClearValuesRequest
ClearValuesResponse spreadsheetId:string clearedRange:string
BatchClearValuesRequest ranges:[string]
BatchClearValuesResponse spreadsheetId:string clearedRanges:[string]

GetSpreadsheetByDataFilterRequest dataFilters:[DataFilter] includeGridData:bool excludeTablesInBandedRanges:bool
DataFilter developerMetadataLookup:Unused a1Range:string gridRange:GridRange
BatchUpdateSpreadsheetRequest requests:[Request] includeSpreadsheetInResponse:bool responseRanges:[string]
  responseIncludeGridData:bool
BatchUpdateSpreadsheetResponse spreadsheetId:string replies:[Response] updatedSpreadsheet:Spreadsheet
Response addSheet:AddSheetResponse duplicateSheet:DuplicateSheetResponse addProtectedRange:AddProtectedRangeResponse
  deleteConditionalFormatRule:DeleteConditionalFormatRuleResponse
AddSheetResponse properties:SheetProperties
DuplicateSheetResponse properties:SheetProperties
AddProtectedRangeResponse protectedRange:ProtectedRange
DeleteConditionalFormatRuleResponse rule:ConditionalFormatRule

Request updateSpreadsheetProperties:UpdateSpreadsheetProperties updateSheetProperties:UpdateSheetProperties
  addSheet:AddSheet deleteSheet:DeleteSheet duplicateSheet:DuplicateSheet updateCells:UpdateCells
  repeatCell:RepeatCell setDataValidation:SetDataValidation mergeCells:MergeCells unmergeCells:UnmergeCells
  updateBorders:UpdateBorders updateDimensionProperties:UpdateDimensionProperties
  autoResizeDimensions:AutoResizeDimensions appendDimension:AppendDimension insertDimension:InsertDimension
  deleteDimension:DeleteDimension moveDimension:MoveDimension sortRange:SortRange
  addProtectedRange:AddProtectedRange updateProtectedRange:UpdateProtectedRange
  deleteProtectedRange:DeleteProtectedRange addConditionalFormatRule:AddConditionalFormatRule
  deleteConditionalFormatRule:DeleteConditionalFormatRule setBasicFilter:SetBasicFilter
  clearBasicFilter:ClearBasicFilter
UpdateSpreadsheetProperties properties:SpreadsheetProperties fields:string
UpdateSheetProperties properties:SheetProperties fields:string
AddSheet properties:SheetProperties
DeleteSheet sheetId:int
DuplicateSheet sourceSheetId:int insertSheetIndex:int newSheetId:int newSheetName:string
UpdateCells rows:[RowData] fields:string start:GridCoordinate range:GridRange
RepeatCell range:GridRange cell:CellData fields:string
SetDataValidation range:GridRange rule:DataValidationRule
MergeCells range:GridRange mergeType:MERGE
UnmergeCells range:GridRange
UpdateBorders range:GridRange top:Border bottom:Border left:Border right:Border innerHorizontal:Border
  innerVertical:Border
UpdateDimensionProperties range:DimensionRange properties:DimensionProperties fields:string
AutoResizeDimensions dimensions:DimensionRange
AppendDimension sheetId:int dimension:DIMENSION length:int
InsertDimension range:DimensionRange inheritFromBefore:bool
DeleteDimension range:DimensionRange
MoveDimension source:DimensionRange destinationIndex:int
SortRange range:GridRange sortSpecs:[SortSpec]
AddProtectedRange protectedRange:ProtectedRange
UpdateProtectedRange protectedRange:ProtectedRange fields:string
DeleteProtectedRange protectedRangeId:int
AddConditionalFormatRule rule:ConditionalFormatRule index:int
DeleteConditionalFormatRule index:int sheetId:int
SetBasicFilter filter:BasicFilter
ClearBasicFilter sheetId:int
"""

ENUMERATIONS = """
RECALCULATION ON_CHANGE MINUTE HOUR
SHEET_TYPE GRID OBJECT DATA_SOURCE
ERROR ERROR NULL_VALUE DIVIDE_BY_ZERO VALUE REF NAME NUM N_A LOADING
HORIZONTAL LEFT CENTER RIGHT
VERTICAL TOP MIDDLE BOTTOM
WRAP OVERFLOW_CELL LEGACY_WRAP CLIP WRAP
DIRECTION LEFT_TO_RIGHT RIGHT_TO_LEFT
HYPERLINK LINKED PLAIN_TEXT
NUMBER_FORMAT TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC
THEME_COLOR TEXT BACKGROUND ACCENT1 ACCENT2 ACCENT3 ACCENT4 ACCENT5 ACCENT6 LINK
BORDER DOTTED DASHED SOLID SOLID_MEDIUM SOLID_THICK NONE DOUBLE
DIMENSION ROWS COLUMNS
MAJOR DIMENSION_UNSPECIFIED ROWS COLUMNS
CONDITION NUMBER_GREATER NUMBER_GREATER_THAN_EQ NUMBER_LESS NUMBER_LESS_THAN_EQ NUMBER_EQ NUMBER_NOT_EQ NUMBER_BETWEEN
  NUMBER_NOT_BETWEEN TEXT_CONTAINS TEXT_NOT_CONTAINS TEXT_STARTS_WITH TEXT_ENDS_WITH TEXT_EQ TEXT_IS_EMAIL TEXT_IS_URL
  DATE_EQ DATE_BEFORE DATE_AFTER DATE_ON_OR_BEFORE DATE_ON_OR_AFTER DATE_BETWEEN DATE_NOT_BETWEEN DATE_IS_VALID
  ONE_OF_RANGE ONE_OF_LIST BLANK NOT_BLANK CUSTOM_FORMULA BOOLEAN TEXT_NOT_EQ DATE_NOT_EQ
RELATIVE_DATE PAST_YEAR PAST_MONTH PAST_WEEK YESTERDAY TODAY TOMORROW
INTERPOLATION MIN MAX NUMBER PERCENT PERCENTILE
SORT ASCENDING DESCENDING
MERGE MERGE_ALL MERGE_COLUMNS MERGE_ROWS
VALUE_INPUT RAW USER_ENTERED
VALUE_RENDER FORMATTED_VALUE UNFORMATTED_VALUE FORMULA
DATE_TIME_RENDER SERIAL_NUMBER FORMATTED_STRING
"""

NOT_STOOD_IN = """
addBanding addChart addCommentReply addDataSource addDimensionGroup addFilterView addNamedRange addSlicer addTable
appendCells autoFill cancelDataSourceRefresh copyPaste createDeveloperMetadata cutPaste deleteBanding deleteComment
deleteCommentReply deleteDataSource deleteDeveloperMetadata deleteDimensionGroup deleteDuplicates deleteEmbeddedObject
deleteFilterView deleteNamedRange deleteRange deleteTable duplicateFilterView findReplace insertComment insertRange
pasteData randomizeRange refreshDataSource textToColumns trimWhitespace updateBanding
updateChartSpec updateCommentPost updateConditionalFormatRule updateDataSource updateDeveloperMetadata
updateDimensionGroup updateEmbeddedObjectBorder updateEmbeddedObjectPosition updateFilterView updateNamedRange
updateSlicerSpec updateTable
"""
"""Requests of the real service that the sandbox answers with 501."""


def _entries(table: str) -> dict[str, list[str]]:
    lines = table.replace("\n  ", " ").split("\n")
    return {line.split()[0]: line.split()[1:] for line in lines if line.strip()}


FIELDS: dict[str, dict[str, str]] = {
    message: dict(field.split(":") for field in fields) for message, fields in _entries(MESSAGES).items()
}
"""Message -> field -> type."""

CHOICES: dict[str, list[str]] = _entries(ENUMERATIONS)
"""Enumeration -> what it can be."""
